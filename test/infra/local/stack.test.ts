import { describe, expect, test } from 'vitest';
import { describeStack, localApiUrl } from '../../../infra/local/stack.ts';
import { OUTPUT } from '../../../shared/names.ts';

const made = {
  endpoint: 'http://127.0.0.1:4566',
  publicUrl: 'http://localhost:8080',
  siteOrigin: 'http://localhost:8080',
};

function outputs() {
  const names = Object.values(OUTPUT).filter((name) => name !== OUTPUT.registryTable && name !== OUTPUT.apiUrl);
  return {
    data: { [OUTPUT.registryTable]: 'registry-1' },
    service: {
      ...Object.fromEntries(names.map((name) => [name, `value of ${name}`])),
      [OUTPUT.apiUrl]: 'https://0a1b2c3d.execute-api.us-east-1.amazonaws.com',
    },
  };
}

describe('the description of a local stack', () => {
  test('joins the outputs of all stacks', () => {
    const stack = describeStack(made, outputs());
    expect(stack.tables.registry).toBe('registry-1');
    expect(stack.auditBucket).toBe(`value of ${OUTPUT.auditBucket}`);
    expect(stack.stackNames).toEqual(['data', 'service']);
  });

  test('takes the token endpoint from the local AWS, which gives the user pool no domain', () => {
    expect(describeStack(made, outputs()).tokenUrl).toBe('http://127.0.0.1:4566/oauth2/token');
  });

  test('names a missing output and those that are there', () => {
    expect(() => describeStack(made, { data: { Other: 'x' } })).toThrow(/ApiUrl; there are: Other/);
  });
});

test('the address of the API is a path of the endpoint, for clients that cannot resolve its host name', () => {
  const url = localApiUrl(made.endpoint, 'http://0a1b2c3d.execute-api.localhost:4566/');
  expect(url).toBe('http://127.0.0.1:4566/_aws/execute-api/0a1b2c3d');
});
