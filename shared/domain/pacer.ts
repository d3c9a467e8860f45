/** A clock in milliseconds, and a way to let time pass. */
export interface Pace {
  now: () => number;
  pause: (milliseconds: number) => Promise<unknown>;
}

/** Holds a loop to so many items in a second: waits after each batch until its share of time is over. */
export function pacer(perSecond: number, { now, pause }: Pace): (items: number) => Promise<void> {
  let due = now();
  return async (items) => {
    // Time that was lost is not caught up: a burst is what the rate is there to prevent.
    due = Math.max(due, now() - (items / perSecond) * 1000) + (items / perSecond) * 1000;
    const left = due - now();
    if (left > 0) await pause(left);
  };
}
