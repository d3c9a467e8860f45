import { CannotCheck } from './command-line.ts';

/** The one line on standard input, where shells and process lists do not see it. Reads not much more than it may be long. */
export async function readInputLine(input: AsyncIterable<Buffer | string>, maxCharacters: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of input) {
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    if (text.length > maxCharacters) break;
  }
  const line = text.trim();
  if (line.includes('\n')) throw new CannotCheck('standard input holds more than one line; one is wanted');
  return line;
}
