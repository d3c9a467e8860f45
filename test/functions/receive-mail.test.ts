import { describe, expect, it } from 'vitest';
import { receiveMail } from '../../functions/on-mail-received/receive-mail.ts';
import { readMime } from '../../shared/adapters/mime-mail.ts';
import type { Intent, Understanding } from '../../shared/domain/inbound/understand-text.ts';
import { RAW_MAIL_DAYS } from '../../shared/domain/policy.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import { mailFile, mailFiles, plainMail } from '../support/mail-files.ts';
import { memoryRawMails } from '../support/memory-raw-mails.ts';
import { memoryRegistry } from '../support/memory-registry.ts';
import { identify } from '../support/sample-opt-out.ts';
import { testClock } from '../support/test-clock.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const { subjectKeys, links } = testKeyRing();
const JANE = 'jane@example.org';
const EVERYTHING = ['scope#any:marketing', 'scope#any:sale-share'];
const WORDS: Readonly<Record<string, Intent>> = {
  unsubscribe: 'opt-out',
  'delete all': 'erasure',
  'what you hold': 'access',
  object: 'objection',
  complain: 'complaint',
};

/** Understands five English words; another engineer's tests speak of the real one. */
function understand({ subject, body }: { subject: string; body: string }): Understanding {
  const text = `${subject}\n${body}`.toLowerCase();
  const intents = Object.entries(WORDS).flatMap(([word, intent]) => (text.includes(word) ? [intent] : []));
  return { intents, isSure: intents.length > 0, language: text.includes('bitte') ? 'de' : 'en' };
}

function setUp() {
  const clock = testClock();
  const registry = memoryRegistry(clock.now);
  const rawMails = memoryRawMails();
  const receive = receiveMail({
    ...{ ...registry, rawMails, links, subjectKeys, understand, readMail: readMime, now: clock.now },
    ...{ requestDays: 760, ours: ['privacy@shop.example.org'], locales: ['en', 'de'] },
  });
  const items = (sort: RegExp, address = JANE) =>
    registry.table
      .items()
      .filter(({ pk, sk }) => sort.test(String(sk)) && String(pk).endsWith(subjectKeys.current(identify(address))));
  return {
    ...{ ...registry, clock, rawMails },
    hear: (raw: string | Uint8Array, key = 'inbound-mail/1') => {
      rawMails.put(key, raw);
      return receive(key);
    },
    receive,
    requests: (address?: string) => items(/^REQUEST#/, address),
    reviews: (address?: string) => items(/^REVIEW#/, address),
    scopes: (address?: string) =>
      items(/^SUPPRESSION$/, address).flatMap((item) => Object.keys(item).filter((name) => name.startsWith('scope#'))),
  };
}

const tokenFor = (address: string, facts: { locale?: string } = {}) =>
  links.seal({
    use: 'unsubscribe',
    identifier: identify(address),
    scope: 'email:marketing:weekly' as ScopeName,
    ...facts,
  });

describe('a mail of a person (RF-08)', () => {
  it.each(mailFiles('clients/'))('written by %s opts out, and leaves nothing to do', async (name) => {
    const { hear, scopes, rawMails, reviews } = setUp();
    const token = await tokenFor('owner@example.org');
    const raw = mailFile(`clients/${name}`, { FROM_ADDRESS: JANE, SEALED_TOKEN: token });
    expect(await hear(raw)).toMatchObject({ kind: 'person', isForPerson: false });
    const isByLink = /^(Subject: |Subject: unsubscribe\n )unsubscribe eyJ|^ eyJ/m.test(raw);
    expect([scopes(), scopes('owner@example.org')]).toEqual([
      isByLink ? [] : EVERYTHING,
      raw.includes(token) ? ['scope#email:marketing:weekly'] : [],
    ]);
    expect([rawMails.keys(), reviews()]).toEqual([[], []]);
  });

  it('without a word opts out of everything, and gets the ordinary receipt', async () => {
    const { hear, scopes, requests } = setUp();
    expect(await hear(plainMail())).toEqual({ kind: 'person', optOuts: 1, isForPerson: false });
    expect(scopes()).toEqual(EVERYTHING);
    expect(requests()).toMatchObject([{ manner: 'mailto', receipt: 'pending', mailTo: JANE, isSuspect: false }]);
  });

  it('is answered in its language, or that of its link', async () => {
    const { hear, requests } = setUp();
    await hear(plainMail({ Subject: 'unsubscribe bitte' }));
    const token = await tokenFor('owner@example.org', { locale: 'de' });
    await hear(plainMail({ Subject: `x ${token}` }), 'inbound-mail/2');
    expect([requests()[0]?.locale, requests('owner@example.org')[0]?.locale]).toEqual(['de', 'en']);
  });

  it.each([
    ['spam', { 'X-SES-Spam-Verdict': 'FAIL' }],
    ['forged', { 'Authentication-Results': 'amazonses.com; spf=fail; dkim=fail; dmarc=fail' }],
  ])('that seems to be %s is flagged, never dropped (CS-05)', async (_, fields) => {
    const { hear, scopes, requests } = setUp();
    await hear(plainMail({ ...fields, Subject: 'unsubscribe' }));
    expect([scopes(), requests()[0]?.isSuspect]).toEqual([EVERYTHING, true]);
  });

  it('is one request, however often it is delivered', async () => {
    const { hear, table, clock, scopes } = setUp();
    await hear(plainMail({ Subject: 'unsubscribe' }));
    const items = table.items();
    for (const key of ['inbound-mail/1', 'inbound-mail/2']) {
      clock.pass(1);
      await hear(plainMail({ Subject: 'unsubscribe' }), key);
      expect(table.items()).toEqual(items);
    }
    await hear(plainMail({ 'Message-ID': '<2@example.org>', Subject: 'unsubscribe' }));
    expect(scopes()).toEqual(EVERYTHING);
    expect(table.items()).toHaveLength(items.length + 1);
  });

  it('that was handled is gone', async () => {
    const { receive, table } = setUp();
    expect(await receive('inbound-mail/none')).toEqual({ kind: 'gone', optOuts: 0, isForPerson: false });
    expect(table.items()).toEqual([]);
  });

  it('stays when the store fails, and comes again', async () => {
    const { hear, receive, optOuts, rawMails, scopes } = setUp();
    const record = optOuts.recordOnce;
    optOuts.recordOnce = () => Promise.reject(new Error('down'));
    await expect(hear(plainMail())).rejects.toThrow('down');
    expect(rawMails.keys()).toEqual(['inbound-mail/1']);
    optOuts.recordOnce = record;
    expect(await receive('inbound-mail/1')).toMatchObject({ kind: 'person' });
    expect([scopes(), rawMails.keys()]).toEqual([EVERYTHING, []]);
  });
});

describe('a mail that asks for more (ST-02)', () => {
  it.each([
    ['Please delete all my data', ['erasure'], EVERYTHING],
    ['I object', ['objection'], EVERYTHING],
    ['Tell me what you hold', ['access'], []],
    ['I complain', ['complaint'], []],
    ['unsubscribe me and tell me what you hold', ['opt-out', 'access'], EVERYTHING],
  ])('"%s" is split: the opt-out at once, the rest for a person', async (body, intents, expected) => {
    const { hear, scopes, reviews, rawMails, clock } = setUp();
    const needsPerson = intents.some((intent) => ['erasure', 'access', 'complaint'].includes(intent));
    expect(await hear(plainMail({}, body))).toMatchObject({ isForPerson: needsPerson });
    expect(scopes()).toEqual(expected);
    expect(rawMails.keys()).toEqual(needsPerson ? ['inbound-mail/1'] : []);
    const end = Math.ceil(clock.now().getTime() / 1000) + RAW_MAIL_DAYS * 86_400;
    const review = { kind: 'rights-request', intents, objectKey: 'inbound-mail/1', expiresAt: end, version: 1 };
    expect(reviews()).toMatchObject(needsPerson ? [review] : []);
  });

  it('never writes down a word of it', async () => {
    const { hear, table } = setUp();
    await hear(plainMail({ Subject: 'canary subject' }, 'canary body, delete all'));
    expect(JSON.stringify(table.items().filter(({ sk }) => !String(sk).startsWith('REQUEST#')))).not.toMatch(
      /canary|jane/,
    );
    expect(JSON.stringify(table.items())).not.toContain('canary');
  });

  it('that Heed does not understand opts out, and a person reads it', async () => {
    const { hear, scopes, reviews } = setUp();
    await hear(plainMail({ Subject: 'Hm' }, 'Was soll das?'));
    expect(scopes()).toEqual(EVERYTHING);
    expect(reviews()).toMatchObject([{ kind: 'not-understood', intents: [] }]);
  });

  it('tells of an absence without any other sign: nobody is opted out for it, and a person reads it', async () => {
    const { hear, scopes, reviews } = setUp();
    await hear(plainMail({ Subject: 'Out of office: Offers' }, 'Back on Monday'));
    expect([scopes(), reviews().length]).toEqual([[], 1]);
  });

  it('that cannot be read opts out its author, and a person gets it as it is', async () => {
    const { hear, scopes, reviews, rawMails } = setUp();
    await hear(plainMail({ 'Content-Type': 'multipart/mixed; boundary=b' }, '--b\r\n\r\nx\r\n'.repeat(1000)));
    expect([scopes(), rawMails.keys()]).toEqual([EVERYTHING, ['inbound-mail/1']]);
    expect(reviews()).toMatchObject([{ kind: 'unreadable' }]);
  });

  it('of nobody that can be read waits for a person under no name', async () => {
    const { hear, table, rawMails } = setUp();
    await hear(Buffer.from([0, 255, 13, 10]));
    expect(table.items()).toMatchObject([{ pk: expect.stringMatching(/^REVIEW#rev_\w{26}$/), kind: 'unreadable' }]);
    expect(rawMails.keys()).toHaveLength(1);
  });
});

describe('a mail of a robot', () => {
  it.each(mailFiles().filter((name) => name.startsWith('rfc3834')))(
    '%s opts nobody out and gets no answer (RF-09)',
    async (name) => {
      const { hear, table, rawMails } = setUp();
      expect(await hear(mailFile(name))).toEqual({ kind: 'auto-reply', optOuts: 0, isForPerson: false });
      expect([table.items(), rawMails.keys()]).toEqual([[], []]);
    },
  );

  it('that carries the token of a link is heard and not answered', async () => {
    const { hear, scopes, requests } = setUp();
    await hear(plainMail({ 'Auto-Submitted': 'auto-generated', Subject: `unsubscribe ${await tokenFor(JANE)}` }));
    expect([scopes(), requests()[0]?.receipt]).toEqual([['scope#email:marketing:weekly'], 'none']);
  });

  it.each([
    ['clear words under a single sign', { 'X-Auto-Response-Suppress': 'OOF' }, 'unsubscribe', EVERYTHING],
    ['unclear words under a single sign', { Precedence: 'bulk' }, 'Hm', []],
    ['the words of a newsletter', { Precedence: 'bulk', 'List-Id': '<a.example.org>' }, 'unsubscribe here', []],
    ['the words of an answering machine', { 'Auto-Submitted': 'auto-replied' }, 'unsubscribe here', []],
  ])('with %s opts out exactly when a person may have written it', async (_, fields, body, expected) => {
    const { hear, scopes, requests } = setUp();
    await hear(plainMail(fields, body));
    expect(scopes()).toEqual(expected);
    for (const { receipt } of requests()) expect(receipt).toBe('none');
  });

  it('that is our own is a loop', async () => {
    const { hear, table } = setUp();
    expect(await hear(plainMail({ From: 'privacy@shop.example.org' }, 'unsubscribe'))).toMatchObject({ kind: 'loop' });
    expect(table.items()).toEqual([]);
  });

  it('about a complaint opts out everybody whom it names, of marketing by e-mail, unanswered (SE-05)', async () => {
    const { hear, scopes, requests } = setUp();
    expect(await hear(mailFile('arf-16.eml'))).toEqual({ kind: 'complaint-report', optOuts: 7, isForPerson: false });
    expect(scopes('sirokiji@example.org')).toEqual(['scope#email:marketing']);
    expect(requests('sabineko@example.com')).toMatchObject([{ manner: 'feedback-report', receipt: 'none' }]);
  });

  it("about a complaint without a name finds whom by our own token in the mail's List-Unsubscribe", async () => {
    const { hear, scopes } = setUp();
    const header = `List-Unsubscribe: <https://heed.example.org/u/${await tokenFor(JANE)}>\nFrom: "Email Abuse"`;
    expect(await hear(mailFile('arf-01.eml', { 'From: "Email Abuse"': header }))).toMatchObject({ isForPerson: false });
    expect(scopes()).toEqual(['scope#email:marketing']);
  });

  it.each(['arf-01.eml', 'arf-11.eml'])(
    'about a complaint whose report hides who it was goes to a person: %s',
    async (name) => {
      const { hear, table, rawMails } = setUp();
      expect(await hear(mailFile(name))).toMatchObject({ isForPerson: true });
      expect(table.items().filter(({ sk }) => String(sk).startsWith('REVIEW#'))).toMatchObject([
        { kind: 'unnamed-complaint' },
      ]);
      expect(rawMails.keys()).toHaveLength(1);
    },
  );

  it.each([
    ['lhost-amazonses-05.eml', 'bounce@simulator.amazonses.com', ['scope#email:marketing']],
    ['lhost-amazonses-17.eml', 'kijitora@example.com', []],
    ['lhost-amazonses-13.eml', 'success@simulator.amazonses.com', []],
  ])('about a delivery opts out when it failed for good: %s', async (name, address, expected) => {
    const { hear, scopes, requests } = setUp();
    await hear(mailFile(name));
    expect(scopes(address)).toEqual(expected);
    expect(requests(address).map(({ manner, receipt }) => [manner, receipt])).toEqual(
      expected.map(() => ['bounce', 'none']),
    );
  });
});
