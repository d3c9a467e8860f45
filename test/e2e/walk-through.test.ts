import { expect, test } from 'vitest';
import { walkThrough } from '../../infra/local/walk-through.ts';
import { stack } from './world.ts';

test('the walk-through of `npm start` holds', async () => {
  const printed: string[] = [];
  await walkThrough(stack, (line) => printed.push(line));
  expect(printed.filter((line) => line.startsWith('\n▸')).length).toBeGreaterThan(10);
});
