import '../support/handler-environment.ts';
import { GetItemCommand, TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler as confirm } from '../../functions/confirm/handler.ts';
import { handler as health } from '../../functions/report-health/handler.ts';
import { handler as showConfirmation } from '../../functions/show-confirmation/handler.ts';
import { handler as showForm } from '../../functions/show-form/handler.ts';
import { handler as showOpenapi } from '../../functions/show-openapi/handler.ts';
import { handler as showReceipt } from '../../functions/show-receipt/handler.ts';
import { handler as showRopa } from '../../functions/show-ropa/handler.ts';
import { handler as showUnsubscribe } from '../../functions/show-unsubscribe/handler.ts';
import { handler as unsubscribe } from '../../functions/unsubscribe/handler.ts';
import { confirmationItem } from '../../shared/adapters/dynamo/confirmation-item.ts';
import { confirmationKey, requestKey } from '../../shared/adapters/dynamo/keys.ts';
import { requestItem } from '../../shared/adapters/dynamo/request-item.ts';
import { toItem } from '../../shared/adapters/dynamo/table.ts';
import { secondsAfter } from '../../shared/domain/epoch.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import { hashToken } from '../../shared/domain/token.ts';
import { formEvent, httpEvent, multipartEvent, testContext } from '../support/http-events.ts';
import { checkpointPath, sampleLedger } from '../support/ledger-folder.ts';
import { aws, READ_COMMANDS, resetClients, sentCommands } from '../support/mocked-clients.ts';
import { identify, sampleOptOut } from '../support/sample-opt-out.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const { links } = testKeyRing();
const optOut = sampleOptOut({ receivedAt: new Date() });
const sealUnsubscribe = (scope = 'email:marketing') =>
  links.seal({ use: 'unsubscribe', identifier: identify('jane@example.org'), scope: scope as ScopeName });
const sealReceipt = () => links.seal({ use: 'receipt', subjectKey: optOut.subjectKey, requestId: optOut.requestId });
const neutral = 'This link does not work';

function storeLink(purpose: 'confirm-mailbox' | 'undo', more: { consumedAt?: string } = {}): string {
  const tokenHash = hashToken(purpose);
  const { subjectKey, requestId, scopes, manner, receivedAt, locale } = optOut;
  const expiresAt = secondsAfter(new Date(), 24, 'hours');
  const item = confirmationItem({
    tokenHash,
    purpose,
    subjectKey,
    requestId,
    scopes,
    manner,
    receivedAt,
    locale,
    expiresAt,
  });
  aws.dynamo
    .on(GetItemCommand, { Key: toItem(confirmationKey({ tokenHash })) })
    .resolves({ Item: toItem({ ...item, ...more }) });
  return purpose;
}

beforeEach(() => {
  resetClients();
  aws.dynamo.on(TransactWriteItemsCommand).resolves({});
  aws.dynamo.on(GetItemCommand).resolves({});
});

describe('POST /u/{token} (RFC 8058)', () => {
  const oneClick = { 'List-Unsubscribe': 'One-Click' };
  const requests: [string, (token: string) => Parameters<typeof unsubscribe>[0], string][] = [
    ['urlencoded', (token) => formEvent('POST /u/{token}', oneClick, { token }), 'one-click'],
    [
      'multipart',
      (token) => multipartEvent('POST /u/{token}', oneClick, { token, boundary: '---FormBoundaryjWmhtjORrn' }),
      'one-click',
    ],
    ['without a body', (token) => httpEvent('POST /u/{token}', { token }), 'one-click'],
    [
      'with a broken body',
      (token) => httpEvent('POST /u/{token}', { token, contentType: 'multipart/form-data', body: 'x' }),
      'one-click',
    ],
    [
      'of another type',
      (token) => httpEvent('POST /u/{token}', { token, contentType: 'text/plain', body: 'x' }),
      'one-click',
    ],
    ['from our page', (token) => formEvent('POST /u/{token}', { source: 'page' }, { token }), 'link-page'],
  ];

  it.each(requests)('opts out %s: 200, no redirect, no cookie (RF-02, RF-04)', async (_, event, manner) => {
    const { statusCode, headers, body = '', cookies } = await unsubscribe(event(await sealUnsubscribe()), testContext);
    expect(statusCode).toBe(200);
    expect(headers).not.toHaveProperty('location');
    expect(headers).not.toHaveProperty('set-cookie');
    expect(cookies).toBeUndefined();
    expect(body).not.toMatch(/jane|example\.org@/);
    const [call] = aws.dynamo.commandCalls(TransactWriteItemsCommand);
    expect(call?.args[0].input.TransactItems?.[1]?.Put?.Item).toMatchObject({
      manner: { S: manner },
      state: { S: 'effective' },
    });
  });

  it('answers a repeat alike (RF-06)', async () => {
    const event = formEvent('POST /u/{token}', oneClick, { token: await sealUnsubscribe() });
    const first = await unsubscribe(event, testContext);
    const CancellationReasons = [{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }];
    aws.dynamo
      .on(TransactWriteItemsCommand)
      .rejects(new TransactionCanceledException({ message: 'no', $metadata: {}, CancellationReasons }));
    expect(await unsubscribe(event, testContext)).toEqual(first);
  });

  it('answers unknown and broken links with the neutral page and writes nothing (RF-06)', async () => {
    for (const token of ['x', `${await sealUnsubscribe()}x`, await sealReceipt()]) {
      const { statusCode, body } = await unsubscribe(formEvent('POST /u/{token}', oneClick, { token }), testContext);
      expect(statusCode).toBe(404);
      expect(body).toContain(neutral);
    }
    expect(sentCommands()).not.toContain('TransactWriteItemsCommand');
  });

  it('answers 503 when the store fails, so that the provider comes again (RF-06)', async () => {
    aws.dynamo.on(TransactWriteItemsCommand).rejects(new Error('canary-4711'));
    const { statusCode, body } = await unsubscribe(
      formEvent('POST /u/{token}', oneClick, { token: await sealUnsubscribe() }),
      testContext,
    );
    expect(statusCode).toBe(503);
    expect(body).not.toMatch(/canary-4711|unsubscribed/);
  });
});

describe('POST /c/{token}', () => {
  const press = (token: string) => confirm(formEvent('POST /c/{token}', {}, { token }), testContext);

  it('confirms the mailbox', async () => {
    const { statusCode, body } = await press(storeLink('confirm-mailbox'));
    expect(statusCode).toBe(200);
    expect(body).toContain('Done: your mailbox is confirmed');
  });

  it('answers 404 to a link that is unknown or used, and writes nothing (EM-03)', async () => {
    for (const token of ['unknown', storeLink('confirm-mailbox', { consumedAt: new Date().toISOString() })]) {
      const { statusCode, body } = await press(token);
      expect(statusCode).toBe(404);
      expect(body).toContain(neutral);
    }
    expect(sentCommands()).not.toContain('TransactWriteItemsCommand');
  });

  it('answers 503 when the store fails', async () => {
    aws.dynamo.on(GetItemCommand).rejects(new Error('canary-4711'));
    expect((await press('undo')).statusCode).toBe(503);
  });
});

describe('GET and HEAD', () => {
  const pages: [string, typeof showForm, () => Promise<string> | string, number][] = [
    ['GET /', showForm, () => '', 200],
    ['GET /u/{token}', showUnsubscribe, () => sealUnsubscribe(), 200],
    ['GET /u/{token}', showUnsubscribe, () => 'broken', 404],
    ['GET /c/{token}', showConfirmation, () => storeLink('undo'), 200],
    ['GET /c/{token}', showConfirmation, () => storeLink('confirm-mailbox'), 200],
    ['GET /c/{token}', showConfirmation, () => storeLink('undo', { consumedAt: new Date().toISOString() }), 404],
    ['GET /c/{token}', showConfirmation, () => 'unknown', 404],
    ['GET /r/{token}', showReceipt, storeReceipt, 200],
    ['GET /r/{token}', showReceipt, storeSealedReceipt, 200],
    ['GET /r/{token}', showReceipt, storeReceiptBesideTheLedger, 200],
    ['GET /r/{token}', showReceipt, () => sealReceipt(), 404],
    ['GET /r/{token}', showReceipt, () => 'broken', 404],
    ['GET /health', health, () => '', 200],
    ['GET /openapi.json', showOpenapi, () => '', 200],
    ['GET /ropa.json', showRopa, () => '', 200],
  ];

  async function storeReceipt() {
    aws.dynamo.on(GetItemCommand, { Key: toItem(requestKey(optOut)) }).resolves({ Item: toItem(requestItem(optOut)) });
    return sealReceipt();
  }

  async function storeSealedReceipt() {
    const { files } = await sampleLedger({ sizes: [2, 3], sealed: [1] });
    placeReceipt();
    aws.bucket.on(ListObjectsV2Command).resolves({ Contents: [{ Key: checkpointPath(5) }] });
    aws.bucket
      .on(GetObjectCommand)
      .callsFake(({ Key }) => ({ Body: { transformToByteArray: async () => files.get(Key) } }));
    return await storeReceipt();
  }

  /** The receipt is true without its proof. */
  async function storeReceiptBesideTheLedger() {
    placeReceipt();
    aws.bucket.on(ListObjectsV2Command).rejects(new Error('canary-4711'));
    return await storeReceipt();
  }

  function placeReceipt() {
    const key = { pk: `PLACE#${optOut.requestId}`, sk: 'PLACE' };
    aws.dynamo
      .on(GetItemCommand, { TableName: 'Ledger', Key: toItem(key) })
      .resolves({ Item: toItem({ ...key, object: 1, index: 3 }) });
  }

  it.each(pages)(
    '%s with %o answers and sends no write command (EM-04, RF-05)',
    async (route, handler, makeToken, status) => {
      const token = await makeToken();
      const get = await handler(httpEvent(route, { token }), testContext);
      const head = await handler(httpEvent(route.replace('GET', 'HEAD'), { token }), testContext);
      expect([get.statusCode, head.statusCode]).toEqual([status, status]);
      expect(get.body).not.toBe('');
      expect(head.body).toBe('');
      expect(head.headers).toEqual(get.headers);
      expect(sentCommands().filter((name) => !READ_COMMANDS.includes(name))).toEqual([]);
    },
  );

  it.each(pages.filter(([route, , , status]) => route.includes('{token}') && status === 200))(
    '%s shows no readable address and no script (EM-05, EM-06)',
    async (route, handler, makeToken) => {
      const { body = '' } = await handler(httpEvent(route, { token: await makeToken() }), testContext);
      expect(body).not.toMatch(/jane|<script|onload|http-equiv/);
      expect(body.match(/<form/g)?.length ?? 0).toBeLessThanOrEqual(1);
    },
  );

  it('proves a receipt by its place in the sealed ledger, and shows it without a proof while the ledger is silent', async () => {
    const shown = async (token: string) => {
      const { body = '' } = await showReceipt(httpEvent('GET /r/{token}', { token }), testContext);
      return body;
    };
    expect(await shown(await storeSealedReceipt())).toContain('Record 3, sealed on 23 November 2026');
    const body = await shown(await storeReceiptBesideTheLedger());
    expect(body).toContain(optOut.requestId);
    expect(body).not.toMatch(/sealed on|canary-4711/);
  });

  it('keeps its answer to a used, an unknown and a broken link alike (RF-06)', async () => {
    const bodies = await Promise.all(
      ['unknown', storeLink('undo', { consumedAt: new Date().toISOString() })].map((token) =>
        showConfirmation(httpEvent('GET /c/{token}', { token }), testContext),
      ),
    );
    const unsubscribePage = await showUnsubscribe(httpEvent('GET /u/{token}', { token: 'broken' }), testContext);
    expect(new Set([...bodies, unsubscribePage].map(({ body }) => body)).size).toBe(1);
  });

  it.each([
    ['GET /health', health],
    ['GET /c/{token}', showConfirmation],
  ])('%s answers 503 when the store does not answer', async (route, handler) => {
    aws.dynamo.on(GetItemCommand).rejects(new Error('canary-4711'));
    const { statusCode, body } = await handler(httpEvent(route, { token: 'x' }), testContext);
    expect(statusCode).toBe(503);
    expect(body).not.toContain('canary-4711');
  });
});
