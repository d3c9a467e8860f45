/**
 * Reads what the keys name, several at once, and gives it in their order; what is gone is left out. Holds `depth` at a time.
 */
export async function* readAhead<T>(
  keys: AsyncIterable<string>,
  depth: number,
  read: (key: string) => Promise<T | undefined>,
): AsyncGenerator<T> {
  const underWay: Promise<T | undefined>[] = [];
  for await (const key of keys) {
    underWay.push(start(read, key));
    if (underWay.length < depth) continue;
    const found = await underWay.shift();
    if (found !== undefined) yield found;
  }
  for (const reading of underWay) {
    const found = await reading;
    if (found !== undefined) yield found;
  }
}

function start<T>(read: (key: string) => Promise<T | undefined>, key: string): Promise<T | undefined> {
  const reading = read(key);
  // Whoever awaits it in its turn gets the failure; until then it must not end the process as unhandled.
  reading.catch(() => undefined);
  return reading;
}
