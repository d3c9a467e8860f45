import { describe, expect, it } from 'vitest';
import type { ScopeName } from '../../shared/domain/scope.ts';
import { stringsFor } from '../../shared/i18n/strings.ts';
import { confirmationPage } from '../../shared/views/confirmation-page.ts';
import { describeMoment } from '../../shared/views/moment.ts';
import { optedOutPage } from '../../shared/views/opted-out-page.ts';
import { receiptPage } from '../../shared/views/receipt-page.ts';
import { describeScope } from '../../shared/views/scope-words.ts';
import { unsubscribePage } from '../../shared/views/unsubscribe-page.ts';
import { FRIENDLY, LINKS } from './sample-pages.ts';

const strings = stringsFor('en');
const request = {
  strings,
  brand: { name: FRIENDLY.brand },
  controller: { name: FRIENDLY.controller, postalAddress: FRIENDLY.postalAddress },
  scopes: ['any:marketing'] as ScopeName[],
  receivedAt: new Date('2026-11-23T07:15:42Z'),
  requestId: 'req_01KAR3Z1V6Y0T8N4C2WJ5H7QDE',
} as const;
const receipt = {
  ...request,
  maskedAddress: 'j•••@e•••.org',
  state: 'effective',
  receiptMail: 'sent',
  proof: { state: 'not-yet-sealed', minutes: 5 },
} as const;

describe('opted-out page', () => {
  it('states outcome, scope, time, number and receipt (CC-10)', () => {
    const markup = optedOutPage({ ...request, receiptUrl: LINKS.receipt, willMail: true });
    expect(markup).toContain('role="status"');
    expect(markup).toContain('<li>All marketing messages, in every channel</li>');
    expect(markup).toContain('<time datetime="2026-11-23T07:15:42.000Z">23 November 2026 at 07:15 UTC</time>');
    expect(markup).toContain(request.requestId);
    expect(markup).toContain(`href="${LINKS.receipt}"`);
  });

  it('speaks of a mail only where one follows', () => {
    const answer = (willMail: boolean) => optedOutPage({ ...request, receiptUrl: LINKS.receipt, willMail });
    expect(answer(true)).toContain(strings('optedOut.mail'));
    expect(answer(false)).not.toContain(strings('optedOut.mail'));
  });
});

describe('receipt page', () => {
  it('says that an open confirmation changes nothing', () => {
    expect(receiptPage(receipt)).toContain(strings('receipt.mailbox.open'));
  });

  it('says when the mailbox was confirmed', () => {
    expect(receiptPage({ ...receipt, confirmedAt: new Date('2026-11-24T20:00:00Z') })).toContain(
      'Confirmed on 24 November 2026 at 20:00 UTC',
    );
  });

  it.each(['lifted', 'undone'] as const)('claims no force for an opt-out that was %s', (state) => {
    const markup = receiptPage({ ...receipt, state });
    expect(markup).toContain(strings(`receipt.state.${state}`));
    expect(markup).not.toMatch(/in force|holds|What stops/i);
  });

  it('says when to come back while the record waits for its seal', () => {
    expect(receiptPage(receipt)).toContain(strings('receipt.proof.not-yet-sealed', { minutes: '5' }));
  });

  it('offers the proof of a sealed record, and only of one', () => {
    const sealed = { state: 'sealed', index: 41, sealedAt: new Date('2026-11-23T07:20:00Z') } as const;
    expect(receiptPage({ ...receipt, proof: sealed })).toContain('Record 41, sealed on 23 November 2026 at 07:20 UTC');
    expect(receiptPage({ ...receipt, proof: sealed })).toContain('href="?proof=1"');
    expect(receiptPage({ ...receipt, proof: { state: 'unavailable' } })).not.toContain('?proof');
  });

  it('names no mailbox where no mail can go', () => {
    expect(receiptPage({ ...receipt, receiptMail: 'none' })).not.toContain('<dt>Mailbox</dt>');
  });
});

describe('confirmation page', () => {
  it('counts the two steps of opting in (CC-15)', () => {
    expect(confirmationPage({ ...request, purpose: 'undo' })).toContain('Step 1 of 2');
    expect(confirmationPage({ ...request, purpose: 'opt-in' })).toContain('Step 2 of 2');
    expect(confirmationPage({ ...request, purpose: 'confirm-mailbox' })).not.toContain('class="step"');
  });

  it('posts to its own address, or where it is told to', () => {
    expect(confirmationPage({ ...request, purpose: 'undo' })).toContain('<form method="post">');
    expect(confirmationPage({ ...request, purpose: 'opt-in', action: '/c/abc' })).toContain(
      '<form method="post" action="/c/abc">',
    );
  });
});

describe('unsubscribe page', () => {
  it('posts to its own address and tells itself from one-click', () => {
    const markup = unsubscribePage({ ...receipt, scope: 'email:marketing' as ScopeName });
    expect(markup).toContain('<form method="post"><input type="hidden" name="source" value="page">');
  });
});

describe('scope in words', () => {
  it.each([
    ['any:sale-share', undefined, 'The sale and sharing of your data'],
    ['phone:marketing', undefined, 'Marketing calls'],
    ['sms:marketing:alerts', undefined, 'Marketing messages by text message (list “alerts”)'],
    ['sms:marketing', 'alerts', 'Marketing messages by text message (list “alerts”)'],
  ])('puts %s with list %s as "%s"', (name, list, words) => {
    expect(describeScope(strings, name as ScopeName, list)).toBe(words);
  });

  it('says everything for a name that cannot be read', () => {
    expect(describeScope(strings, 'telepathy:marketing' as ScopeName)).toBe(strings('scope.any.any'));
  });
});

describe('moment in words', () => {
  it.each([
    ['en', /^23 November 2026(,| at) 07:15 UTC$/],
    ['de', /^23\. November 2026(,| um) 07:15 UTC$/],
    ['fr', /^23 novembre 2026(,| à) 07:15 UTC$/],
    ['es', /^23 de noviembre de 2026(,| a las) 07:15 UTC$/],
    ['it', /^23 novembre 2026(,| alle ore) 07:15 UTC$/],
    ['nl', /^23 november 2026( om|,) 07:15 UTC$/],
    ['pl', /^23 listopada 2026( o|,)? 07:15 UTC$/],
    ['pt', /^23 de novembro de 2026( às|,) 07:15 UTC$/],
    ['sv', /^23 november 2026( kl\.|,) 07:15 UTC$/],
    ['da', /^23\. november 2026 kl\. 07[.:]15 UTC$/],
    ['cs', /^23\. listopadu 2026( v|,) 0?7:15 UTC$/],
    ['ja', /^2026年11月23日 0?7:15 UTC$/],
    // The word between them changes with the Unicode data that the runtime carries.
  ] as const)('names day, time and zone in %s', (locale, words) => {
    expect(describeMoment(stringsFor(locale), request.receivedAt)).toMatch(words);
  });
});
