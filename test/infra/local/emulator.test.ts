import { afterEach, describe, expect, test, vi } from 'vitest';
import { emulatorEnvironment, startEmulator, withoutAws } from '../../../infra/local/emulator.ts';
import { pinsOf } from '../../../infra/local/install.ts';

afterEach(() => vi.unstubAllEnvs());

describe('the environment of the local AWS', () => {
  test('binds to loopback and knows its port', () => {
    expect(emulatorEnvironment(4700, '/scratch', {})).toMatchObject({ BIND_HOST: '127.0.0.1', GATEWAY_PORT: '4700' });
  });

  test('has no endpoint, profile or session of the caller, but trusts the same certificates', () => {
    const mine = withoutAws({
      AWS_ENDPOINT_URL: 'x',
      AWS_PROFILE: 'x',
      AWS_SESSION_TOKEN: 'x',
      AWS_CA_BUNDLE: 'b',
      HOME: 'h',
    });
    expect(mine).toEqual({ AWS_CA_BUNDLE: 'b', HOME: 'h' });
  });

  test('keeps state between starts only in the folder that it is given', () => {
    expect(emulatorEnvironment(1, '/scratch', {})).not.toHaveProperty('PERSIST_STATE');
    expect(emulatorEnvironment(1, '/scratch', { stateDir: '/state', auth: true })).toMatchObject({
      PERSIST_STATE: '1',
      STATE_DIR: '/state',
      AUTH: 'true',
    });
  });
});

test('an endpoint that is given is used, and nothing is booted', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
  const emulator = await startEmulator();
  expect(emulator.endpoint).toBe('http://127.0.0.1:1');
  await emulator.stop();
});

test('pins are read without comments', () => {
  expect(pinsOf('# a comment\na==1\n\nb==2\n')).toEqual(['a==1', 'b==2']);
});
