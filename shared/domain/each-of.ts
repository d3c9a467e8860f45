/** Acts on every item, on so many at a time. Rejects with the first failure; the others may be under way then. */
export async function eachOf<T>(
  items: Iterable<T>,
  atATime: number,
  act: (item: T) => Promise<unknown>,
): Promise<void> {
  const waiting = items[Symbol.iterator]();
  const worker = async () => {
    for (let next = waiting.next(); next.done !== true; next = waiting.next()) await act(next.value);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}
