import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readForm, readFormWithFile } from '../../shared/http/form.ts';
import { readRequest } from '../../shared/http/request.ts';
import {
  type EventParts,
  fileFormEvent,
  formEvent,
  httpEvent,
  multipartBody,
  multipartEvent,
} from '../support/http-events.ts';

const read = (parts: EventParts) => readForm(readRequest(httpEvent('POST /opt-outs', parts)));
const multipart = (boundary: string, body: string) =>
  read({ contentType: `multipart/form-data; boundary=${boundary}`, body });
const urlencoded = 'application/x-www-form-urlencoded';
const oneClick = { 'List-Unsubscribe': 'One-Click' };

describe('a urlencoded form (RF-02)', () => {
  it('reads RFC 8058’s body', async () => {
    const form = await read({ contentType: urlencoded, body: 'List-Unsubscribe=One-Click' });
    expect([...form]).toEqual([['List-Unsubscribe', 'One-Click']]);
  });

  it('reads letters of any script, plus signs and repeated names', async () => {
    const sent: [string, string][] = [
      ['address', 'jäne+x@例え.jp'],
      ['scopes', 'a b'],
      ['scopes', 'c&d=e'],
    ];
    expect([...(await readForm(readRequest(formEvent('POST /opt-outs', sent))))]).toEqual(sent);
  });

  it.each([`${urlencoded};charset=UTF-8`, 'Application/X-WWW-Form-Urlencoded'])(
    'takes the type %s',
    async (contentType) => {
      expect((await read({ contentType, body: 'a=1' })).get('a')).toBe('1');
    },
  );

  it('reads an empty body as an empty form', async () => {
    expect([...(await read({ contentType: urlencoded, body: '' }))]).toEqual([]);
  });
});

describe('a multipart form (RF-02)', () => {
  // RFC 8058 shows boundaries that begin with dashes, which a careless parser cuts off.
  it.each(['---FormBoundaryjWmhtjORrn', '----FormBoundaryjWmhtjORrn', '"quoted boundary"', 'x'])(
    'reads the one-click body with boundary %s',
    async (boundary) => {
      const form = await multipart(boundary, multipartBody(oneClick, boundary.replaceAll('"', '')));
      expect([...form]).toEqual([['List-Unsubscribe', 'One-Click']]);
    },
  );

  it('reads UTF-8 and line breaks within values', async () => {
    const fields = { address: 'jäne@例え.jp', note: 'one\r\ntwo' };
    expect(Object.fromEntries(await readForm(readRequest(multipartEvent('POST /opt-outs', fields))))).toEqual(fields);
  });

  it('ignores files and keeps the fields around them', async () => {
    const file =
      '--x\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nhello\r\n';
    const form = await multipart('x', `${file}${multipartBody({ address: 'a@example.org' }, 'x')}`);
    expect([...form]).toEqual([['address', 'a@example.org']]);
  });

  it.each([
    ['no boundary in the header', 'multipart/form-data', multipartBody(oneClick, 'x')],
    ['another boundary in the body', 'multipart/form-data; boundary=y', multipartBody(oneClick, 'x')],
    ['its end missing', 'multipart/form-data; boundary=x', multipartBody(oneClick, 'x').slice(0, -20)],
    ['no body', 'multipart/form-data; boundary=x', ''],
    ['something else altogether', 'multipart/form-data; boundary=x', 'List-Unsubscribe=One-Click'],
  ])('is refused with %s, and never waits for more', async (_, contentType, body) => {
    await expect(read({ contentType, body })).rejects.toMatchObject({ kind: 'invalid', code: 'form.broken' });
  });

  it('is read or refused, whatever it holds: nothing hangs or breaks', async () => {
    const piece = fc.constantFrom(
      '--x',
      '--x--',
      '\r\n',
      'Content-Disposition: form-data; name="a"',
      ': ',
      '\0',
      'é',
      '',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }), async (pieces) => {
        const outcome = await multipart('x', pieces.join('')).then(
          () => 'read',
          ({ code }) => code,
        );
        expect(['read', 'form.broken']).toContain(outcome);
      }),
    );
  });
});

describe('what is no form of ours', () => {
  it('is refused when it is too large', async () => {
    const limit = 64 * 1024;
    await expect(read({ contentType: urlencoded, body: 'a'.repeat(limit + 1) })).rejects.toMatchObject({
      kind: 'too-large',
    });
    await expect(read({ contentType: urlencoded, body: 'a'.repeat(limit) })).resolves.toBeDefined();
  });

  it.each(['application/json', 'text/plain', '', 'multipart/mixed; boundary=x', 'x-application/x-www-form-urlencoded'])(
    'is refused as %j',
    async (contentType) => {
      await expect(read({ contentType, body: 'a=1' })).rejects.toMatchObject({ kind: 'unsupported' });
    },
  );

  it('is refused without a type', async () => {
    await expect(read({ body: 'a=1' })).rejects.toMatchObject({ kind: 'unsupported' });
  });
});

describe('a form with a file', () => {
  const wanted = { field: 'proof', mostBytes: 1000 };
  const post = (bytes: Uint8Array, field = 'proof') =>
    readFormWithFile(
      readRequest(fileFormEvent('POST /agents', { address: 'jäne@example.org' }, [{ field, bytes }])),
      wanted,
    );

  it('brings the bytes as they are, and the fields around them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: wanted.mostBytes }), async (bytes) => {
        const { form, file } = await post(bytes);
        expect(file?.equals(bytes)).toBe(true);
        expect([...form]).toEqual([['address', 'jäne@example.org']]);
      }),
    );
  });

  it.each([1001, 5000, 4_000_000])('of %i bytes brings one more than is wanted, by which it shows', async (size) => {
    expect((await post(Buffer.alloc(size, 'x'))).file).toHaveLength(1001);
  });

  it('brings none from another field, none that is empty, and none in a form of text', async () => {
    expect((await post(Buffer.from('x'), 'other')).file).toBeUndefined();
    expect((await post(Buffer.alloc(0))).file).toBeUndefined();
    const text = readRequest(formEvent('POST /agents', { proof: 'x' }));
    expect(await readFormWithFile(text, wanted)).toEqual({ form: new URLSearchParams({ proof: 'x' }) });
  });

  it('is refused with a second file, too long a field, and its end missing', async () => {
    const two = ['proof', 'proof'].map((field) => ({ field, bytes: Buffer.from('x') }));
    const whole = readRequest(fileFormEvent('POST /agents', {}, [{ field: 'proof', bytes: Buffer.alloc(100) }]));
    const broken = [
      readRequest(fileFormEvent('POST /agents', {}, two)),
      readRequest(fileFormEvent('POST /agents', { address: 'x'.repeat(70_000) }, [])),
      { ...whole, body: whole.body.subarray(0, -30) },
      { ...whole, body: whole.body.subarray(0, 180) },
    ];
    for (const request of broken)
      await expect(readFormWithFile(request, wanted)).rejects.toMatchObject({ code: 'form.broken' });
  });
});
