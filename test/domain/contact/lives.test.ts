import fc from 'fast-check';
import { describe, it } from 'vitest';
import { act, action } from './actions.ts';
import { Life } from './life.ts';

describe('whatever happens to a contact, in whatever order', () => {
  // Nothing held or active is deleted; nothing past its end can be read; each deletion is recorded once; each end is the oracle's.
  it('its data end when they should, and not before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 25 }), async (steps) => {
        const life = new Life();
        for (const step of steps) {
          await act(life, step);
          await life.check();
        }
      }),
      { numRuns: 10_000 },
    );
  }, 300_000);
});
