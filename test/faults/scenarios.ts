import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { vi } from 'vitest';
import { scopeName } from '../../shared/domain/scope.ts';
import { followUpToken } from '../../shared/domain/token.ts';
import { choicesIn, mailedTokens } from '../support/fake-aws/outcome.ts';
import type { HttpCapability, RunningHeed } from '../support/fake-aws/running-heed.ts';
import { formEvent, httpEvent, jsonEvent } from '../support/http-events.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const ADDRESS = 'jo@example.org';

/** One handler at work. `prepare` runs undisturbed; of `act` each call to AWS fails once; then all that follows runs undisturbed. */
export interface Scenario {
  name: string;
  prepare(heed: RunningHeed): Promise<void>;
  act(heed: RunningHeed): Promise<unknown>;
}

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'submit-opt-out (JSON)',
    prepare: async () => {},
    act: (heed) => press(heed, 'submit-opt-out', jsonEvent('POST /v1/opt-outs', { email: ADDRESS })),
  },
  {
    name: 'submit-opt-out (form)',
    prepare: async () => {},
    act: (heed) => press(heed, 'submit-opt-out', formEvent('POST /opt-outs', { address: ADDRESS })),
  },
  {
    name: 'unsubscribe',
    prepare: async () => {},
    act: async (heed) => {
      const token = await testKeyRing().links.seal({
        use: 'unsubscribe',
        identifier: { kind: 'email', canonical: ADDRESS },
        scope: scopeName({ channel: 'email', purpose: 'marketing' }),
      });
      await press(heed, 'unsubscribe', formEvent('POST /u/{token}', { 'List-Unsubscribe': 'One-Click' }, { token }));
    },
  },
  {
    name: 'change-preferences (stop)',
    prepare: async () => {},
    act: async (heed) => press(heed, 'change-preferences', await preferences({ stop: 'everything' })),
  },
  {
    name: 'change-preferences (pause)',
    prepare: submit,
    act: async (heed) => press(heed, 'change-preferences', await preferences({ pause: '30' })),
  },
  {
    name: 'change-preferences (allow again, step 1)',
    prepare: receiveMail,
    act: async (heed) => press(heed, 'change-preferences', await preferences({ again: 'email:marketing' })),
  },
  {
    name: 'order-preferences-link',
    prepare: receiveMail,
    act: (heed) => press(heed, 'order-preferences-link', formEvent('POST /preferences', { address: ADDRESS })),
  },
  {
    name: 'confirm (mailbox)',
    prepare: receiveMail,
    act: (heed) => press(heed, 'confirm', httpEvent('POST /c/{token}', { token: mailedTokens(heed.aws).confirm })),
  },
  {
    name: 'confirm (undo, step 1)',
    prepare: receiveMail,
    act: async (heed) => {
      const status = await press(heed, 'confirm', httpEvent('POST /c/{token}', { token: mailedTokens(heed.aws).undo }));
      if (status !== 200) throw new Error('Pressing again after a lost answer did not lead to step 2');
    },
  },
  {
    name: 'confirm (opt-in, step 2)',
    prepare: async (heed) => {
      await receiveMail(heed);
      await heed.http('confirm', httpEvent('POST /c/{token}', { token: mailedTokens(heed.aws).undo }));
      await heed.settle();
      later(60);
    },
    act: async (heed) => {
      const token = followUpToken(mailedTokens(heed.aws).undo);
      await press(heed, 'confirm', httpEvent('POST /c/{token}', { token }));
    },
  },
  {
    name: 'send-mail',
    prepare: async (heed) => {
      await submit(heed);
      await heed.drainStream('dispatch');
    },
    act: (heed) => heed.drainQueue(),
  },
  { name: 'dispatch', prepare: submit, act: (heed) => heed.drainStream('dispatch') },
  { name: 'append-ledger (first object)', prepare: submit, act: (heed) => heed.drainStream('append-ledger') },
  { name: 'append-ledger (next object)', prepare: manyChanges, act: (heed) => heed.drainStream('append-ledger') },
  {
    name: 'append-ledger (bisected)',
    prepare: manyChanges,
    act: (heed) => heed.drainStream('append-ledger', 'halves'),
  },
  { name: 'seal-ledger (first checkpoint)', prepare: receiveMail, act: (heed) => untilItHolds(() => heed.seal()) },
  {
    name: 'seal-ledger (next checkpoint)',
    prepare: async (heed) => {
      await receiveMail(heed);
      await heed.seal();
      await manyChanges(heed);
      await heed.drainStream('append-ledger');
    },
    act: (heed) => untilItHolds(() => heed.seal()),
  },
  {
    name: 'sweep-expired',
    prepare: async (heed) => {
      await receiveMail(heed);
      later(1000 * 86_400);
    },
    act: (heed) => untilItHolds(() => heed.sweep()),
  },
];

/** Whether all that the person chose about is stopped, for good or for a while. */
export function isOptedOut({ aws }: RunningHeed): boolean {
  const choices = Object.values(choicesIn(aws));
  return choices.length > 0 && choices.every(({ state }) => state !== 'opted-in');
}

/** A button of the preference page. */
async function preferences(fields: Record<string, string>): Promise<APIGatewayProxyEventV2> {
  const identifier = { kind: 'email', canonical: ADDRESS } as const;
  const token = await testKeyRing().links.seal({ use: 'preferences', identifier });
  return formEvent('POST /p/{token}', fields, { token });
}

/** Moves the clock of the test and of the functions. */
function later(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000);
}

async function submit(heed: RunningHeed): Promise<void> {
  await heed.http('submit-opt-out', jsonEvent('POST /v1/opt-outs', { email: ADDRESS }));
}

async function receiveMail(heed: RunningHeed): Promise<void> {
  await submit(heed);
  await heed.settle();
  later(60);
}

// Changes of some hours, which the ledger does not hold yet, behind some that it does.
async function manyChanges(heed: RunningHeed): Promise<void> {
  await submit(heed);
  await heed.drainStream('append-ledger');
  for (let hour = 0; hour < 2; hour += 1) {
    later(3600);
    await submit(heed);
    await heed.drainStream('dispatch');
    await heed.drainQueue();
  }
}

// A person presses again while told that it is our fault; "link unknown or used" ends it, as it does for people. Resolves with the last status.
async function press(heed: RunningHeed, capability: HttpCapability, event: APIGatewayProxyEventV2): Promise<number> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const { statusCode = 0 } = await heed.http(capability, event);
    if (statusCode < 300 && capability !== 'confirm' && !isOptedOut(heed)) throw new Error('A false success was told');
    if (statusCode < 500) return statusCode;
  }
  throw new Error('It never worked');
}

async function untilItHolds(act: () => Promise<unknown>): Promise<void> {
  await act().catch(act);
}
