import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { ROTATED_SECRET, TEST_SECRET } from '../support/test-key-ring.ts';

const secrets = mockClient(SecretsManagerClient);
const identifier = { kind: 'email', canonical: 'jane@example.org' } as const;
const MINUTES = 60_000;

beforeEach(() => {
  secrets.reset();
  secrets.on(GetSecretValueCommand).resolves({ SecretString: TEST_SECRET });
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('secretKeyRing', () => {
  it('asks once for many requests, at the same time or one after the other', async () => {
    const ring = secretKeyRing('arn');
    const [first, second] = await Promise.all([ring(), ring()]);
    expect(second).toBe(first);
    vi.advanceTimersByTime(14 * MINUTES);
    expect(await ring()).toBe(first);
    expect(secrets.commandCalls(GetSecretValueCommand).map(({ args }) => args[0].input)).toEqual([{ SecretId: 'arn' }]);
  });

  it('takes up a rotated ring within a quarter of an hour', async () => {
    const ring = secretKeyRing('arn');
    await ring();
    secrets.on(GetSecretValueCommand).resolves({ SecretString: ROTATED_SECRET });
    vi.advanceTimersByTime(16 * MINUTES);
    const { subjectKeys } = await ring();
    expect(subjectKeys.all(identifier).map((key) => key.slice(0, 2))).toEqual(['k2', 'k1']);
  });

  it('does not keep a failure', async () => {
    const ring = secretKeyRing('arn');
    const cause = new Error('no');
    secrets.on(GetSecretValueCommand).rejectsOnce(cause).resolves({ SecretString: TEST_SECRET });
    await expect(ring()).rejects.toMatchObject({ kind: 'unavailable', code: 'keys.unavailable', cause });
    expect((await ring()).subjectKeys.current(identifier)).toMatch(/^k1\./);
  });

  it('goes on with the ring that it has while a fresh one cannot be had, and asks again', async () => {
    const ring = secretKeyRing('arn');
    const first = await ring();
    secrets.on(GetSecretValueCommand).rejects(new Error('no'));
    vi.advanceTimersByTime(16 * MINUTES);
    expect(await ring()).toBe(first);
    secrets.on(GetSecretValueCommand).resolves({ SecretString: ROTATED_SECRET });
    expect((await ring()).subjectKeys.current(identifier)).toMatch(/^k2\./);
  });

  it.each([undefined, '', 'no JSON', '{"current":"k1"}'])(
    'is unavailable when the secret holds %j',
    async (SecretString) => {
      secrets.on(GetSecretValueCommand).resolves(SecretString === undefined ? {} : { SecretString });
      const error = await secretKeyRing('arn')().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'VisibleError', kind: 'unavailable' });
      expect((error as Error).message).not.toContain('no JSON');
    },
  );
});
