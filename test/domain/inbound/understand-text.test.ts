import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INTENTS } from '../../../shared/domain/inbound/languages.ts';
import { understandText } from '../../../shared/domain/inbound/understand-text.ts';
import { judge, type Part, precision, recall, samplesOf } from './samples.ts';

const ask = (body: string, subject = '') => understandText({ subject, body });

describe.each<Part>(['tuned', 'letters'])('of the %s texts', (part) => {
  const judged = samplesOf(part).map(judge);

  it.each(['opt-out', 'objection', 'erasure'] as const)('hardly any %s is missed', (intent) => {
    expect(recall(judged, intent)).toBeGreaterThanOrEqual(0.95);
  });

  it.each(INTENTS)('hardly any %s is invented', (intent) => {
    expect(precision(judged, intent)).toBeGreaterThanOrEqual(0.9);
  });

  it('those that ask for nothing are left to a person', () => {
    const quiet = judged.filter(({ asks }) => asks.length === 0);
    expect(quiet.length).toBeGreaterThan(10);
    expect(quiet.filter(({ found, isSure }) => found.length > 0 || isSure)).toEqual([]);
  });
});

describe('a mail asks for an opt-out', () => {
  it.each([
    ['', 'unsubscribe'],
    ['stop', ''],
    ['STOP!!!\n\nJane Doe\nSent from my iPhone', ''],
    ['unsubscribe\n\nOn Fri, 20 Nov 2026 at 09:14, Shop <news@shop.example.org> wrote:\n> Sale', 'Re: Sale'],
    ['u\u{ad}nsub\u{200b}scribe me', ''],
    ["I DON'T WANT TO RECEIVE YOUR EMAILS", ''],
    ['I don’t want to receive your emails', ''],
    ['Bitte keine E-Mails mehr', ''],
    ['Ich moechte keine Werbung', ''],
    ['I cannot unsubscribe, your link is broken.', ''],
    ['Ich kann mich nicht abmelden, der Link geht nicht.', ''],
    ['get me off this\n\n---------- Forwarded message ---------\nFrom: Shop <a@shop.example.org>\n\nSale', 'Fwd: Sale'],
  ])('%j, subject %j', (body, subject) => {
    expect(ask(body, subject)).toMatchObject({ intents: ['opt-out'], isSure: true });
  });

  it.each([
    'leave me alone',
    'I never signed up for this',
    'zu viele Mails',
    'pourquoi est-ce que je reçois vos mails',
  ])('though not surely: %s', (body) => expect(ask(body)).toMatchObject({ intents: ['opt-out'], isSure: false }));
});

describe('a mail asks for nothing', () => {
  it.each([
    ["I'll be there at the END", ''],
    ['Please do not unsubscribe me.', ''],
    ['Bitte nicht abmelden!', ''],
    ['Thanks!\n\n> To unsubscribe click here\n> Privacy', 'Re: Sale'],
    ['Is it in stock?\n\n-- \nAnn\nUnsubscribe: write stop to this address', ''],
    ['Look!\n\n---------- Forwarded message ---------\nFrom: Shop <a@shop.example.org>\n\nUnsubscribe', 'Fwd: Sale'],
    ['Can you cancel my order please, I do not want it any more', ''],
    ['Why did you not contact me about the delivery?', ''],
    ['Hiermit widerrufe ich den Kaufvertrag.', ''],
    ['What information do you need for the return?', ''],
    ['', ''],
    ['', 'Re: unsubscribe from winter'],
  ])('%j, subject %j', (body, subject) => {
    expect(ask(body, subject)).toMatchObject({ intents: [], isSure: false });
  });
});

describe('what is understood', () => {
  it('names the strongest first', () => {
    const { intents } = ask(
      'Unsubscribe me, delete my data and send me a copy of all data first. I object to any marketing use.',
    );
    expect(intents).toEqual(['erasure', 'objection', 'opt-out', 'access']);
  });

  it('is not sure when something else is refused', () => {
    const body = 'Please do not delete my account, just unsubscribe me from the newsletter.';
    expect(ask(body)).toEqual({ intents: ['opt-out'], isSure: false, language: 'en' });
  });

  it('leaves threats, consequences and news of rights aside', () => {
    const letter =
      'Please tell me about the existence of the right to erasure. I reserve the right to lodge a complaint about my data. ' +
      'Will this result in the deletion of my account?';
    expect(ask(letter).intents).toEqual([]);
  });

  it.each([
    ['Je ne souhaite plus recevoir vos newsletters', 'fr'],
    ['Ik wil jullie newsletters niet meer ontvangen', 'nl'],
    ['Ich möchte Ihre Newsletter nicht mehr erhalten', 'de'],
    ['Proszę o usunięcie moich danych', 'pl'],
  ])('tells the language: %s', (body, language) => expect(ask(body).language).toBe(language));

  it('says no language for a word that is one everywhere', () => {
    expect(ask('stop')).toEqual({ intents: ['opt-out'], isSure: true });
  });

  it('reads the sender’s own lines below a quotation', () => {
    const body =
      'Hi\n\nOn Fri, 20 Nov 2026 at 09:14, Shop <news@shop.example.org> wrote:\n> Sale\n\nPlease unsubscribe me';
    expect(ask(body, 'Re: Sale').intents).toEqual(['opt-out']);
  });
});

const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('stop', ' ', '\n', '> ', 'On ', ' wrote:', '.', ',', 'не', 'do not ', 'unsubscribe'),
  }),
);

describe('whatever is written', () => {
  it('gets an answer, never an error', async () => {
    await fc.assert(
      fc.asyncProperty(anything, anything, async (subject, body) => Array.isArray(ask(body, subject).intents)),
    );
  });

  it('means the same in any Unicode form and case', async () => {
    const bodies = samplesOf('tuned').map(({ body }) => body.split('\n\n')[0] ?? '');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...bodies), async (body) => {
        const understood = ask(body);
        for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) expect(ask(body.normalize(form))).toEqual(understood);
        expect(ask(body.toUpperCase())).toEqual(understood);
        expect(ask(body.toLowerCase())).toEqual(understood);
      }),
    );
  });

  // Each of these makes an expression that backtracks run for minutes; the test's own limit would end it.
  it.each([
    'Op schreef\n',
    'On a ',
    'abc. skrev ',
    '\n',
    ' ',
    '.',
    '> ',
    '<',
    '- ',
    'on at wrote',
    'a <b> ',
    'delete ',
    'do not want to receive ',
    'ﷺ',
    'object , ',
    'nicht mehr ',
  ])('is read in bounded time when it is made of %j', (piece) => {
    const text = piece.repeat(Math.ceil(200_000 / piece.length));
    expect(Array.isArray(ask(text, text).intents)).toBe(true);
  });
});
