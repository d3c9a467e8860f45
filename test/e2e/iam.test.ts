import { describe, expect, test } from 'vitest';
import { routes } from '../../infra/routes.ts';
import { intrude } from './intrusion.ts';
import { stack } from './world.ts';

const REFUSED = expect.stringMatching(/^AccessDenied/);
const NO_WRITE = {
  PutItem: REFUSED,
  UpdateItem: REFUSED,
  TransactWriteItems: REFUSED,
  DeleteItem: REFUSED,
  PutObject: REFUSED,
  SendMessage: REFUSED,
};

// Rule 2 of the design: by the role and not by care.
describe('foreign code in a function that answers GET', () => {
  const looking = new Set(
    routes.filter(({ method }) => method === 'GET' || method === 'HEAD').map(({ capability }) => capability),
  );
  test.each([...looking])('cannot write anything as %s', async (capability) => {
    expect(await intrude(stack, capability)).toMatchObject(NO_WRITE);
  });
});

test('foreign code can read where reading is granted: the refusals are about writing', async () => {
  expect(await intrude(stack, 'check-suppression')).toEqual({ GetItem: 'done', ...NO_WRITE });
});

test('foreign code in the function that takes opt-outs can add, but neither delete nor write the audit trail', async () => {
  expect(await intrude(stack, 'submit-opt-out')).toMatchObject({
    PutItem: 'done',
    DeleteItem: REFUSED,
    PutObject: REFUSED,
    SendMessage: REFUSED,
  });
});
