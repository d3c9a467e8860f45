/** Names held at once, at most twice as many: some 20 MB. */
const PAGE = 100_000;

/**
 * Names after `after` in order, however many there are, in constant memory: a folder lists in no order, so each page is the smallest
 * names of another listing. `list` is called once per page.
 */
export async function* sortedNames(
  list: () => AsyncIterable<string>,
  after: string,
  page = PAGE,
): AsyncGenerator<string> {
  let last = after;
  for (;;) {
    const names = await smallestAfter(list(), last, page);
    yield* names;
    const end = names.at(-1);
    if (end === undefined || names.length < page) return;
    last = end;
  }
}

async function smallestAfter(names: AsyncIterable<string>, after: string, page: number): Promise<string[]> {
  const kept: string[] = [];
  for await (const name of names) {
    if (name > after) kept.push(name);
    if (kept.length >= page * 2) kept.sort(byCodeUnit).splice(page);
  }
  kept.sort(byCodeUnit).splice(page);
  return kept;
}

// As `>` compares; for the ASCII names of a ledger this is the order of S3.
function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
