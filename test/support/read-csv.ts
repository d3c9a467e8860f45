/** Rows of a CSV (RFC 4180) by the names in its first line; written for tests, so that the writer is not its own judge. */
export function readCsv(text: string): Record<string, string>[] {
  const [names = [], ...rows] = text
    .split('\r\n')
    .filter((line) => line !== '')
    .map(readLine);
  return rows.map((cells) => Object.fromEntries(names.map((name, column) => [name, cells[column] ?? ''])));
}

function readLine(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}
