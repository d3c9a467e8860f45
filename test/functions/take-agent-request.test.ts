import { createHash } from 'node:crypto';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { suppressionKey } from '../../shared/adapters/dynamo/keys.ts';
import { fromItem } from '../../shared/adapters/dynamo/table.ts';
import { PERMISSION_BYTES } from '../../shared/domain/permission-file.ts';
import { HONEYPOT_FIELD } from '../../shared/names.ts';
import type { FaultKind } from '../support/fake-aws/fake-aws.ts';
import { runHeed } from '../support/fake-aws/running-heed.ts';
import { fileFormEvent, formEvent, httpEvent, jsonEvent } from '../support/http-events.ts';
import { identify } from '../support/sample-opt-out.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const PDF = Buffer.from('%PDF-1.7\nI permit Adam & Partner to act for me');
const HASH = createHash('sha256').update(PDF).digest('hex');
const JANE = { email: 'jane@example.org', agent: { name: 'Adam & Partner' } };
const { subjectKeys } = testKeyRing();

const logged = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
const heed = await runHeed();

afterEach(() => {
  heed.restart();
  logged.mockClear();
});
afterAll(async () => {
  await heed.close();
  vi.restoreAllMocks();
});

const items = () => heed.aws.dynamo.items().map(fromItem);
const requestOf = () => items().find(({ sk }) => String(sk).startsWith('REQUEST#'));
const uploads = () => [...heed.aws.objects].filter(([key]) => key.startsWith('uploads/'));

function isOptedOut(address = 'jane@example.org'): boolean {
  const { pk } = suppressionKey(subjectKeys.current(identify(address)));
  return items().some((item) => item.pk === pk && item.sk === 'SUPPRESSION');
}

async function postForm(fields: Record<string, string>, bytes?: Uint8Array, name?: string) {
  const files = bytes === undefined ? [] : [{ field: 'permission', bytes, ...(name === undefined ? {} : { name }) }];
  const event = fileFormEvent('POST /agents', { address: 'jane@example.org', ...fields }, files);
  const { statusCode, body = '' } = await heed.http('take-agent-request', event);
  return { status: statusCode, body };
}

async function postJson(body: Record<string, unknown>) {
  const { statusCode, body: text = '' } = await heed.http(
    'take-agent-request',
    jsonEvent('POST /v1/agent-requests', body),
  );
  return { status: statusCode, answer: JSON.parse(text) };
}

const file = (bytes: Uint8Array, contentType = 'application/pdf') => ({
  permission: { contentType, data: Buffer.from(bytes).toString('base64') },
});

describe('an opt-out by an agent (CC-22)', () => {
  it('by form is in force at once, with the permission kept under the id of its request', async () => {
    const agent = { 'agent-name': 'Ad\u202eam & Partner', 'agent-email': 'adam@agent.example' };
    const { status, body } = await postForm({ ...agent, scopes: 'email:marketing' }, PDF);
    expect(status).toBe(200);
    expect(body).toContain('Done: your opt-out is in force');
    expect(body).toContain('The signed permission is kept with the request.');
    expect(body).toMatch(/href="[^"]+\/r\//);
    expect(isOptedOut()).toBe(true);
    const { requestId, ...request } = requestOf() ?? {};
    expect(request).toMatchObject({ manner: 'agent', state: 'effective', scopes: ['email:marketing'] });
    expect(request.intake).toEqual({
      agent: {
        name: 'Adam & Partner',
        email: 'adam@agent.example',
        powerOfAttorney: false,
        permission: 'kept',
        permissionHash: HASH,
      },
    });
    expect(uploads()).toEqual([[`uploads/${requestId}`, PDF]]);
  });

  it.each([
    ['nothing', {}, { permission: 'none', powerOfAttorney: false }],
    ['a power of attorney', { 'power-of-attorney': 'yes' }, { permission: 'attached', powerOfAttorney: true }],
    ['a robot’s mark', { [HONEYPOT_FIELD]: 'x' }, { permission: 'none', powerOfAttorney: false }],
    ['too long a name', { 'agent-name': 'x'.repeat(300) }, { name: 'x'.repeat(200), permission: 'none' }],
    ['an address that is none', { 'agent-email': 'x@' }, { email: 'x@', permission: 'none' }],
  ])('by form holds with %s', async (_, fields, recorded) => {
    expect((await postForm(fields)).status).toBe(200);
    expect(isOptedOut()).toBe(true);
    expect(requestOf()).toMatchObject({ intake: { agent: recorded } });
    expect(uploads()).toEqual([]);
  });

  it('holds by a plain form and with an empty field for the file, as browsers post it', async () => {
    const plain = formEvent('POST /agents', { address: '+44 20 7946 0018' });
    expect((await heed.http('take-agent-request', plain)).statusCode).toBe(200);
    expect((await postForm({}, Buffer.alloc(0), '')).status).toBe(200);
    expect([isOptedOut('+442079460018'), isOptedOut()]).toEqual([true, true]);
  });

  it.each([
    [{}, 'none'],
    [{ permissionHash: HASH }, 'attached'],
    [{ powerOfAttorney: true }, 'attached'],
    [file(PDF), 'kept'],
    [file(Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'image/jpeg'), 'kept'],
    [file(Buffer.from('89504e470d0a1a0a00', 'hex'), 'image/png'), 'kept'],
    [file(Buffer.concat([PDF, Buffer.alloc(PERMISSION_BYTES - PDF.length)])), 'kept'],
  ])('by JSON is in force and says what came of the permission (%#: %s)', async (more, permission) => {
    const { status, answer } = await postJson({ ...JANE, ...more });
    expect([status, answer]).toEqual([
      201,
      expect.objectContaining({ status: 'opted_out', effective: true, permission }),
    ]);
    expect(answer.receiptUrl).toContain('/r/');
    expect(answer.requestId).toBe(requestOf()?.requestId);
    expect(requestOf()).toMatchObject({ intake: { agent: { permission } } });
    expect(isOptedOut()).toBe(true);
  });

  it('sends the ordinary receipt to the consumer, and never asks them to confirm', async () => {
    await postJson({ ...JANE, ...file(PDF) });
    await heed.settle();
    expect(heed.aws.mails).toMatchObject([
      {
        Destination: { ToAddresses: ['jane@example.org'] },
        Content: { Simple: { Subject: { Data: 'Your opt-out is in force' } } },
      },
    ]);
  });

  it('keeps agent and permission out of ledger, queue, bus and log (S3-02)', async () => {
    await postForm({ 'agent-name': 'Lindenstrasse', 'agent-email': 'linden@agent.example' }, PDF);
    await heed.settle();
    const ledger = [...heed.aws.objects].filter(([key]) => !key.startsWith('uploads/'));
    const elsewhere = [ledger, heed.aws.messages, heed.aws.events, heed.aws.ledgerTable.items(), logged.mock.calls];
    expect(JSON.stringify(elsewhere)).not.toMatch(/linden|permit|jane/i);
  });
});

describe('trouble', () => {
  const putAt = async () => {
    await postJson({ ...JANE, ...file(PDF) });
    const place = heed.aws.calls.findIndex(({ name }) => name.startsWith('PUT'));
    heed.restart();
    return place;
  };

  it.each<FaultKind>(['refused', 'lost-before', 'lost-after'])(
    'with the bucket (%s) leaves the opt-out in force, and the answer asks for the file again',
    async (fault) => {
      heed.aws.arm(new Map([[await putAt(), fault]]));
      const { status, answer } = await postJson({ ...JANE, ...file(PDF) });
      expect([status, answer.status, answer.permission]).toEqual([201, 'opted_out', 'not-kept']);
      expect(isOptedOut()).toBe(true);
      expect(requestOf()).toMatchObject({ intake: { agent: { permission: 'not-kept', permissionHash: HASH } } });
      expect(JSON.stringify(logged.mock.calls)).toContain('A permission was not kept');
      heed.restart();
      heed.aws.arm(new Map([[await putAt(), fault]]));
      expect((await postForm({}, PDF)).body).toContain('Please send this form again');
    },
  );

  it('with an answer of the bucket that was lost once keeps the file once', async () => {
    heed.aws.arm(new Map([[await putAt(), 'once-lost-after']]));
    expect((await postJson({ ...JANE, ...file(PDF) })).answer.permission).toBe('kept');
    expect(uploads()).toHaveLength(1);
  });

  it('with the note of a kept file says that it is missing, rather than promise what is not written', async () => {
    heed.aws.arm(new Map([[(await putAt()) + 1, 'refused']]));
    expect((await postJson({ ...JANE, ...file(PDF) })).answer.permission).toBe('not-kept');
    expect(isOptedOut()).toBe(true);
  });

  it('with the store claims no success and keeps no file', async () => {
    heed.aws.arm(new Map([[(await putAt()) - 1, 'refused']]));
    expect((await postJson({ ...JANE, ...file(PDF) })).status).toBe(503);
    expect([items(), uploads()]).toEqual([[], []]);
  });
});

describe('what is refused, and writes nothing', () => {
  const TOO_LARGE = Buffer.concat([PDF, Buffer.alloc(PERMISSION_BYTES + 1 - PDF.length)]);
  const EXE = Buffer.from('MZ\x90 not a permission.pdf');

  it.each([
    ['no address', { address: '' }, PDF, 'Enter an e-mail address or a phone number'],
    ['no address that can be read', { address: 'jane@' }, PDF, 'This is not an e-mail address'],
    ['too large a file', {}, TOO_LARGE, 'This file is too large'],
    ['a file of another kind, whatever its name', {}, EXE, 'This is another kind of file'],
  ])('a form with %s comes back with what was typed', async (_, fields, bytes, problem) => {
    const typed = { 'agent-name': 'Adam', 'power-of-attorney': 'yes', scopes: 'sms:marketing' };
    const { status, body } = await postForm({ ...typed, ...fields }, bytes, 'permission.pdf');
    expect(status).toBe(400);
    for (const text of [problem, 'value="Adam"', 'value="sms:marketing" checked', 'value="yes" checked'])
      expect(body).toContain(text);
    expect([items(), uploads()]).toEqual([[], []]);
  });

  it('a form with two files', async () => {
    const twice = [PDF, PDF].map((bytes) => ({ field: 'permission', bytes }));
    const event = fileFormEvent('POST /agents', { address: 'jane@example.org' }, twice);
    expect((await heed.http('take-agent-request', event)).statusCode).toBe(400);
    expect(items()).toEqual([]);
  });

  it.each([
    ['too large a file', { ...JANE, ...file(TOO_LARGE) }, 413, 'permission.too-large'],
    ['a file of another kind', { ...JANE, ...file(EXE) }, 415, 'permission.unsupported'],
    ['an empty file', { ...JANE, ...file(Buffer.alloc(0)) }, 415, 'permission.unsupported'],
    ['a file that is not what it says', { ...JANE, ...file(PDF, 'image/png') }, 415, 'permission.unsupported'],
    ['a type that is not known', { ...JANE, ...file(PDF, 'text/html') }, 400, 'body.invalid-value'],
    [
      'no Base64',
      { ...JANE, permission: { contentType: 'application/pdf', data: '%PDF-' } },
      400,
      'body.invalid-format',
    ],
    ['a permission and its hash', { ...JANE, ...file(PDF), permissionHash: HASH }, 400, 'body.custom'],
    ['no agent', { email: 'jane@example.org' }, 400, 'body.invalid-type'],
    ['no address', { agent: JANE.agent }, 400, 'body.custom'],
    ['a list that is not configured', { ...JANE, scopes: ['email:marketing:jane'] }, 400, 'list.unknown'],
    ['a field that is not known', { ...JANE, verified: true }, 400, 'body.unrecognized-keys'],
  ])('a body with %s', async (_, body, status, code) => {
    const refusal = await postJson(body);
    expect([refusal.status, refusal.answer.code]).toEqual([status, code]);
    expect(refusal.answer.accepted).toBeTruthy();
    expect(JSON.stringify(refusal.answer)).not.toContain('jane');
    expect([items(), uploads()]).toEqual([[], []]);
  });
});

it.each(['GET', 'HEAD'])('has a form that %s shows and that reads nothing', async (method) => {
  const { statusCode, body } = await heed.http('show-form', httpEvent(`${method} /agents`));
  expect(statusCode).toBe(200);
  if (method === 'GET') expect(body).toContain('enctype="multipart/form-data"');
  expect(heed.aws.calls).toEqual([]);
});
