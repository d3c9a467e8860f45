import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { log } from '../../shared/adapters/log.ts';

let written: string[];

beforeEach(() => {
  written = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    written.push(String(chunk));
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
});

function lines() {
  return written
    .join('')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

describe('log', () => {
  it('writes one JSON line with its facts', () => {
    log('warn', 'Something', { requestId: 'req_1', count: 2 });
    expect(lines()).toEqual([
      { time: expect.stringMatching(/Z$/), level: 'warn', message: 'Something', requestId: 'req_1', count: 2 },
    ]);
  });

  it('drops what is not on its list, whatever an object brings along (EM-13)', () => {
    const facts = { route: 'POST /opt-outs', mailTo: 'jane@example.org', body: { email: 'jane@example.org' } };
    log('info', 'Something', facts);
    expect(Object.keys(lines()[0])).toEqual(['time', 'level', 'message', 'route']);
  });

  it('names an error, its place and its causes, and never tells its text', () => {
    const cause = Object.assign(new TypeError('jane@example.org'), { code: 'ECONNRESET' });
    log('error', 'Something', { error: new Error('jane@example.org', { cause }) });
    expect(lines()[0].error).toMatchObject({
      name: 'Error',
      at: expect.arrayContaining([expect.stringContaining('log.test.ts')]),
      cause: { name: 'TypeError', code: 'ECONNRESET' },
    });
    expect(written.join('')).not.toContain('jane');
  });

  it("tells AWS's request id and status, for whoever asks AWS", () => {
    const $metadata = { requestId: 'aws-1', httpStatusCode: 400 };
    log('error', 'Something', { error: Object.assign(new Error('no'), { $metadata }) });
    expect(lines()[0].error).toMatchObject({ awsRequestId: 'aws-1', status: 400 });
  });

  it.each(['jane@example.org', { email: 'jane@example.org' }, null])(
    'tells only the type of %j when it is thrown',
    (error) => {
      log('error', 'Something', { error });
      expect(lines()[0].error).toEqual({ name: typeof error });
    },
  );

  it('takes no line of a text for a place, even one that looks like it', () => {
    log('error', 'Something', { error: new Error('no\n    at jane@example.org (file:///a.ts:1:1)') });
    expect(written.join('')).not.toContain('jane');
  });

  it('stays on one line whatever its facts and errors hold (EM-13)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom('\r', '\n', '\u2028', '"', 'a') }), async (text) => {
        written = [];
        log('error', 'Something', {
          route: text,
          eventId: text,
          error: Object.assign(new Error(text), { code: text }),
        });
        expect(written).toHaveLength(1);
        expect(written[0]).toMatch(/^[^\r\n]+\n$/);
        expect(lines()[0].route).toBe(text);
      }),
    );
  });
});
