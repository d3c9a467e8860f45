import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from '../stack.ts';

/** A walk through the main job: where it goes, with which right, and to whom it tells what it sees. */
export interface Walk {
  stack: Stack;
  /** Bearer token of the demo sender. */
  token: string;
  startedAt: Date;
  print: (line: string) => void;
}

/** Something did not hold. Its message says what was expected and what came. */
export class DoesNotHold extends Error {
  override readonly name = 'DoesNotHold';
}

/** Does one step and prints what came back; whatever fails in it is told with the step's title. */
export async function step<T>({ print }: Walk, title: string, act: (say: Say) => Promise<T>): Promise<T> {
  print(`\n▸ ${title}`);
  return await act((line) => print(`    ${line}`));
}

/** Tells what came back, in words for everybody. */
export type Say = (line: string) => void;

/** Goes on only if something holds. */
export function expect(holds: boolean, expected: string, came: unknown): asserts holds {
  if (holds) return;
  const text = typeof came === 'string' ? came : JSON.stringify(came);
  throw new DoesNotHold(`expected: ${expected}\n    came:     ${text}`);
}

/** Asks again and again until there is an answer, since mails and audit records follow the write by a moment. */
export async function eventually<T>(expected: string, ask: () => Promise<T | undefined>, seconds = 30): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  while (performance.now() < deadline) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(300);
  }
  throw new DoesNotHold(`expected: ${expected}\n    came:     nothing within ${seconds} s`);
}
