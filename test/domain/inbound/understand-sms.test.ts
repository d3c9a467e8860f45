import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOneSlipFrom } from '../../../shared/domain/inbound/one-slip.ts';
import { AWS_WORDS, FCC_WORDS } from '../../../shared/domain/inbound/sms-words.ts';
import { understandSms } from '../../../shared/domain/inbound/understand-sms.ts';

const named = [...new Set(`${FCC_WORDS}|${AWS_WORDS}`.split('|'))];

describe('the words that the rules name', () => {
  it.each(named)('%s opts out, in any case and with any mark behind it (TC-01, TC-05)', (word) => {
    for (const typed of [
      word,
      word.toLowerCase(),
      word.toUpperCase(),
      `${word}.`,
      ` ${word}!!! `,
      `"${word}"`,
      `Please ${word}`,
    ])
      expect(understandSms(typed), typed).toBe('stop');
  });
});

describe('an opt-out', () => {
  it.each([
    ...[
      'S T O P',
      's.t.o.p',
      'S-T-O-P',
      'ＳＴＯＰ',
      'stop stop stop',
      'STOP ALL',
      'stopall',
      'ok stop',
      'Stop please!',
      'pls stop',
    ],
    ...[
      'stop texting me',
      'STOP SENDING ME TEXTS',
      'stop it',
      'Please stop messaging me',
      'Just stop',
      'i said stop',
      'stop now',
    ],
    ...[
      'stpo',
      'sto',
      'stopo',
      'ST0P',
      'stip',
      'unsubcribe',
      'unsuscribe',
      'unsubscribe me',
      'un subscribe',
      'qiut',
      'cancle',
      'optuot',
    ],
    ...[
      'opt-out',
      'Opt me out',
      'I want to opt out',
      'opt out please',
      'REVOKE',
      'I revoke my consent',
      'remove me',
      'take me off your list',
    ],
    ...[
      'Remove me from this list please',
      "don't text me again",
      'Do not contact me',
      'no more texts',
      'no more messages please',
    ],
    ...[
      'Hi its Jane. STOP',
      'Thanks but no.\nSTOP',
      'unsubscribe, thank you',
      'I no longer want to receive these texts',
    ],
    ...['🛑', '🛑🛑🛑', 'STOP 🛑', '⛔'],
    ...[
      'ALTO',
      'parar',
      'Cancelar',
      'baja',
      'BAJA por favor',
      'no más',
      'no mas',
      'detener',
      'no me envíen mensajes',
      'no quiero más mensajes',
    ],
    ...[
      'arrêt',
      'ARRET',
      'arrêter',
      'arrêtez',
      'désabonner',
      'DESINSCRIRE',
      'désinscrire svp',
      'je ne veux plus recevoir vos sms',
    ],
    ...[
      'Stopp',
      'abmelden',
      'Abbestellen',
      'bitte abmelden',
      'keine SMS mehr',
      'Bitte keine Nachrichten mehr',
      'afmelden',
      'sair',
      'wypisz',
    ],
    ...['s\u{200b}t\u{200b}o\u{200b}p'],
  ])('is %j', (body) => expect(understandSms(body)).toBe('stop'));
});

describe('what may be one', () => {
  it.each([
    ...[
      'why do you keep texting me',
      'Who is this?',
      'who dis',
      'leave me alone',
      'Wrong number',
      'you have the wrong person',
    ],
    ...[
      'how did you get my number',
      'lose my number',
      'go away',
      'not interested',
      'no thanks',
      'No',
      'spam',
      'is this a scam?',
    ],
    ...[
      'número equivocado',
      'quién eres',
      'mauvais numéro',
      'laissez moi tranquille',
      'falsche Nummer',
      'lasst mich in Ruhe',
    ],
    ...['stop that nonsense', 'I never signed up for this'],
  ])('is unclear: %j', (body) => expect(understandSms(body)).toBe('unclear'));
});

describe('conversation', () => {
  it.each([
    ...[
      "I'll be there at the END",
      'The end',
      'step',
      'shop',
      'send',
      'Send',
      'quite',
      'quiet',
      'spot',
      'top',
      'cancer',
      'story',
    ],
    ...[
      'see you at the bus stop',
      'Can you stop by at six?',
      'stop by the store',
      "can't stop laughing",
      "don't stop",
      'please dont stop',
    ],
    ...[
      'please do not unsubscribe me',
      'Thanks!',
      'ok',
      'What time do you close?',
      'When does the sale end?',
      'is the blue one in stock',
    ],
    ...[
      'can I cancel my appointment on Monday',
      'where is my parcel',
      'I will quit my job',
      'remove the onions please',
      '👍',
      '',
      '   ',
    ],
    ...[
      '5pm works better',
      'gracias',
      'Merci beaucoup',
      'Vielen Dank, bis morgen',
      'my flight arrives late',
      'the weekend is fine',
      'fine',
    ],
    ...['hablamos más tarde', 'la caja llegó', 'ich komme zum Schluss noch vorbei', 'À demain'],
  ])('does not stop anything: %j', (body) => expect(understandSms(body)).toBe('other'));
});

it.each(['HELP', 'info', 'ayuda', 'Aide', 'Hilfe'])('%s asks for help', (body) => {
  expect(understandSms(body)).toBe('help');
});

it.each(['YES', 'start', 'UNSTOP', 'Sí', 'oui'])('%s is a start, which the caller does not act on', (body) => {
  expect(understandSms(body)).toBe('start');
});

describe('a slip', () => {
  it.each(['stpo', 'sto', 'sstop', 'stxp', 'tsop'])('is one: %s', (typed) =>
    expect(isOneSlipFrom(typed, 'stop')).toBe(true),
  );
  it.each(['stop', 'spot', 'st', 'stooop', 'potS', ''])('is none: %s', (typed) => {
    expect(isOneSlipFrom(typed, 'stop')).toBe(false);
  });
});

it('answers whatever is written, without an error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (body) => typeof understandSms(body) === 'string'),
  );
});
