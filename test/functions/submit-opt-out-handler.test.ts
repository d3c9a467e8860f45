import '../support/handler-environment.ts';
import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../functions/submit-opt-out/handler.ts';
import { optOutAnswerSchema } from '../../shared/http/schemas/opt-outs.ts';
import { problemSchema } from '../../shared/http/schemas/problem.ts';
import { HONEYPOT_FIELD } from '../../shared/names.ts';
import {
  type EventParts,
  formEvent,
  httpEvent,
  jsonEvent,
  multipartEvent,
  testContext,
} from '../support/http-events.ts';
import { aws, resetClients } from '../support/mocked-clients.ts';

const postForm = (fields: Record<string, string>, parts: EventParts = {}) =>
  handler(formEvent('POST /opt-outs', fields, parts), testContext);
const postJson = (body: unknown) => handler(jsonEvent('POST /v1/opt-outs', body), testContext);

/** The transaction that was written: suppression first, then the request. */
function written() {
  const [call] = aws.dynamo.commandCalls(TransactWriteItemsCommand);
  const [suppression, request] = call?.args[0].input.TransactItems ?? [];
  return { suppression: suppression?.Update, request: request?.Put?.Item };
}

/** Ids and times differ by nature; nothing else may (EM-10). */
function withoutIdsAndTimes(body = ''): string {
  return body
    .replaceAll(/req_[0-9A-Z]{26}/g, 'ID')
    .replaceAll(/\/r\/[A-Za-z0-9_.-]+/g, '/r/TOKEN')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/\d{1,2} \w+ \d{4} at \d\d:\d\d/g, 'TIME');
}

beforeEach(() => {
  resetClients();
  aws.dynamo.on(TransactWriteItemsCommand).resolves({});
});

describe('POST /v1/opt-outs', () => {
  it('answers 201 with the outcome, by its own schema, after one write (X1–X7)', async () => {
    const { statusCode, body, headers } = await postJson({ email: 'jane@example.org' });
    expect(statusCode).toBe(201);
    expect(headers?.['content-type']).toBe('application/json');
    const answer = optOutAnswerSchema.parse(JSON.parse(body ?? ''));
    expect(answer).toMatchObject({ effective: true, status: 'opted_out', scopes: ['any:marketing', 'any:sale-share'] });
    expect(aws.dynamo.calls()).toHaveLength(1);
    expect(written().request).toMatchObject({
      requestId: { S: answer.requestId },
      state: { S: 'effective' },
      manner: { S: 'api' },
    });
    expect(written().suppression?.ExpressionAttributeNames).toMatchObject({ '#s0': 'scope#any:marketing' });
  });

  it('takes a phone number', async () => {
    expect((await postJson({ phone: '+49 30 123456', scopes: ['sms:marketing'] })).statusCode).toBe(201);
    expect(written().request).toMatchObject({ receipt: { S: 'none' } });
    expect(written().request).not.toHaveProperty('mailTo');
  });

  it.each([
    ['a bad address', { email: 'jane@' }, 'email.syntax', 'email'],
    ['a bad number', { phone: '030 123456' }, 'phone.country-code-missing', 'phone'],
    ['no address', {}, 'body.custom', 'email'],
    ['an unknown field', { email: 'jane@example.org', name: 'Jane' }, 'body.unrecognized-keys', '(body)'],
    ['an unknown site', { email: 'jane@example.org', site: 'canary' }, 'site.unknown', 'site'],
    ['an unknown list', { email: 'jane@example.org', scopes: ['email:marketing:canary'] }, 'list.unknown', 'scopes'],
    ['a bad scope', { email: 'jane@example.org', scopes: ['fax:any'] }, 'body.custom', 'scopes.0'],
  ])('answers 400 to %s with the field and the accepted form, and writes nothing', async (_, body, code, field) => {
    const { statusCode, headers, body: text = '' } = await postJson(body);
    expect([statusCode, headers?.['content-type']]).toEqual([400, 'application/problem+json']);
    const problem = problemSchema.parse(JSON.parse(text));
    expect(problem).toMatchObject({ code, field });
    expect(problem.accepted).toBeTruthy();
    expect(text).not.toMatch(/jane|canary|030/);
    expect(aws.dynamo.calls()).toHaveLength(0);
  });

  it('answers 415 to what is not JSON', async () => {
    const event = httpEvent('POST /v1/opt-outs', { contentType: 'text/plain', body: '{}' });
    expect((await handler(event, testContext)).statusCode).toBe(415);
  });

  it('answers known, repeated and unknown addresses byte for byte alike but for ids and times (EM-10)', async () => {
    const [first, repeated, other] = [
      await postJson({ email: 'jane@example.org' }),
      await postJson({ email: 'jane@example.org' }),
      await postJson({ email: 'joan@example.org' }),
    ];
    expect(withoutIdsAndTimes(repeated.body)).toBe(withoutIdsAndTimes(first.body));
    expect(withoutIdsAndTimes(other.body)).toBe(withoutIdsAndTimes(first.body));
    expect(other.body?.length).toBe(first.body?.length);
    expect([repeated.headers, other.headers]).toEqual([first.headers, first.headers]);
  });
});

describe('POST /opt-outs', () => {
  it('answers 200 with a page that says it holds, and the receipt', async () => {
    const { statusCode, body = '' } = await postForm({ address: 'jane@example.org' });
    expect(statusCode).toBe(200);
    expect(body).toContain('Done: your opt-out is in force');
    expect(body).toMatch(/href="https:\/\/heed\.example\.org\/r\/[A-Za-z0-9_.-]+"/);
    expect(body).not.toContain('jane');
    expect(written().request).toMatchObject({ manner: { S: 'form' }, isSuspect: { BOOL: false } });
  });

  it('takes multipart, too (RF-02)', async () => {
    const event = multipartEvent('POST /opt-outs', { address: 'jane@example.org' });
    expect((await handler(event, testContext)).statusCode).toBe(200);
  });

  it('goes on to the thank-you page of a configured site with 303, after the write', async () => {
    const { statusCode, headers } = await postForm({ address: 'jane@example.org', site: 'shop' });
    expect([statusCode, headers?.location]).toEqual([303, 'https://shop.example.org/thank-you']);
    expect(written().request).toMatchObject({ site: { S: 'shop' } });
  });

  it.each(['blog', 'https://evil.example', '//evil.example'])('redirects nowhere for the site %s', async (site) => {
    const { statusCode, headers } = await postForm({
      address: 'jane@example.org',
      site,
      redirect: 'https://evil.example',
    });
    expect(statusCode).toBe(200);
    expect(headers).not.toHaveProperty('location');
  });

  it('takes the opt-out of whoever fills the trap, answers the same, and notes the suspicion', async () => {
    const plain = await postForm({ address: 'jane@example.org' });
    resetClients();
    const trapped = await postForm({ address: 'jane@example.org', [HONEYPOT_FIELD]: 'x', name: 'unknown field' });
    expect(trapped.statusCode).toBe(200);
    expect(withoutIdsAndTimes(trapped.body)).toBe(withoutIdsAndTimes(plain.body));
    expect(written().request).toMatchObject({ isSuspect: { BOOL: true }, state: { S: 'effective' } });
  });

  it('shows the form again with 400, the error beside the field and the typed value kept and escaped', async () => {
    const { statusCode, body = '' } = await postForm({
      address: '"><script>alert(1)</script>',
      locale: 'de',
      site: 'blog',
    });
    expect(statusCode).toBe(400);
    expect(body).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
    expect(body).not.toContain('<script');
    expect(body).toContain('aria-describedby="address-problem address-hint"');
    expect(body).toContain('<html lang="de" dir="ltr">');
    expect(body).toContain('name="site" value="blog"');
    expect(aws.dynamo.calls()).toHaveLength(0);
  });

  it('keeps the choice that was made, too', async () => {
    const { body = '' } = await postForm({ address: 'jane@', scopes: 'sms:marketing' });
    expect(body).toMatch(/value="sms:marketing" checked/);
  });

  it('answers 415 to another encoding and 413 to too much', async () => {
    const other = httpEvent('POST /opt-outs', { contentType: 'text/plain', body: 'address=jane@example.org' });
    expect((await handler(other, testContext)).statusCode).toBe(415);
    expect((await postForm({ address: 'a'.repeat(70_000) })).statusCode).toBe(413);
  });

  it.each([
    ['the store', () => aws.dynamo.on(TransactWriteItemsCommand).rejects(new Error('canary-4711'))],
    [
      'what the store is asked',
      () =>
        aws.dynamo
          .on(TransactWriteItemsCommand)
          .rejects(Object.assign(new Error('canary-4711'), { name: 'ValidationException' })),
    ],
  ])('claims nothing when %s fails: 503, come again (EM-14)', async (_, fail) => {
    fail();
    for (const { statusCode, body, headers } of [
      await postForm({ address: 'jane@example.org', site: 'shop' }),
      await postJson({ email: 'jane@example.org' }),
    ]) {
      expect([statusCode, headers?.['retry-after']]).toEqual([503, '30']);
      expect(headers).not.toHaveProperty('location');
      expect(body).not.toMatch(/canary-4711|in force|effective|jane/);
    }
  });
});
