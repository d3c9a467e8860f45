import { describe, expect, it } from 'vitest';
import type { ReceiptProof } from '../../functions/show-receipt/receipt-reply.ts';
import { receiptReply } from '../../functions/show-receipt/receipt-reply.ts';
import type { Receipt } from '../../functions/show-receipt/show-receipt.ts';
import { parseReceipt } from '../../shared/domain/ledger/receipt.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { stringsFor } from '../../shared/i18n/strings.ts';

const receipt: Receipt = {
  requestId: 'req_01KAR3Z1V6Y0T8N4C2WJ5H7QDE',
  scopes: ['any:marketing'] as unknown as ScopeName[],
  receivedAt: new Date('2026-11-23T07:15:42Z'),
  maskedAddress: 'j•••@e•••.org',
  locale: 'en',
  receipt: 'sent',
  state: 'effective',
};
const hash = Buffer.alloc(32, 7).toString('base64');
const checkpoint = `example.org/ledger\n42\n${hash}\nobject 3 ${'0'.repeat(64)}\ntime 2026-11-23T07:20:00Z\n\n— example.org/ledger AAAAAAA=\n`;
const sealed: ReceiptProof = { state: 'sealed', receipt: { leaf: '{"v":1}', index: 41, proof: [hash], checkpoint } };
const waiting: ReceiptProof = { state: 'not-yet-sealed' };
const frame = {
  strings: stringsFor('en'),
  brand: { name: 'Shop' },
  controller: { name: 'Shop', postalAddress: ['Street'] },
};

function reply(proof: ReceiptProof, asked: Partial<Pick<HttpRequest, 'query' | 'headers'>> = {}) {
  const request = {
    method: 'GET',
    route: 'GET /r/{token}',
    token: 't',
    params: {},
    groups: [],
    scopes: [],
    query: {},
    headers: {},
    body: Buffer.alloc(0),
    ...asked,
  };
  return receiptReply(request, { frame, receipt, proof, minutes: 5 });
}

describe('receiptReply', () => {
  it('is a page for browsers', () => {
    const { contentType, body } = reply(sealed, { headers: { accept: 'text/html,*/*' } });
    expect(contentType).toBe('text/html; charset=utf-8');
    expect(body).toContain('Record 41, sealed on 23 November 2026 at 07:20 UTC');
  });

  it('carries leaf, index, proof and checkpoint as JSON', () => {
    const answer = JSON.parse(reply(sealed, { headers: { accept: 'application/json' } }).body);
    expect(answer.ledger).toEqual(sealed);
    expect(answer).toMatchObject({ requestId: receipt.requestId, state: 'effective' });
  });

  it('says before the next seal when to come back', () => {
    expect(JSON.parse(reply(waiting, { headers: { accept: 'application/json' } }).body).ledger).toEqual({
      state: 'not-yet-sealed',
      retryAfterSeconds: 300,
    });
    expect(reply(waiting).body).toContain('not yet sealed');
  });

  it('gives the proof as a file that can be read again', () => {
    const { headers, body } = reply(sealed, { query: { proof: '1' } });
    expect(headers?.['content-disposition']).toMatch(/^attachment/);
    expect(parseReceipt(body)).toEqual(sealed.receipt);
  });

  it('shows the page when a file is asked for that does not exist yet', () => {
    expect(reply(waiting, { query: { proof: '1' } }).contentType).toBe('text/html; charset=utf-8');
  });

  it('stands without its proof when the ledger does not answer', () => {
    expect(reply({ state: 'unavailable' }).body).toContain('In force');
  });
});
