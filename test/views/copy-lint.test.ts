import { describe, expect, it } from 'vitest';
import { LOCALES, type Locale } from '../../shared/settings.ts';
import { NEGATIONS, POSTPONING, SHAMING } from './copy-lint.ts';

/** What other sites write: a double negation, a reproach, a way to put it off. */
const DARK: Readonly<Record<Locale, readonly [knot: string, shame: string, delay: string]>> = {
  en: ['Do not send me nothing', 'Are you sure? You will miss out', 'Ask me later'],
  de: ['Ich möchte nicht, dass nichts kommt', 'Schade, dass Sie gehen', 'Später erinnern'],
  fr: ['Il n’est pas vrai que rien ne vient', 'Dommage de nous quitter', 'Plus tard'],
  es: ['No quiero no recibir', 'Qué lástima', 'Ahora no'],
  it: ['Non voglio non ricevere', 'Peccato che vada via', 'Più tardi'],
  nl: ['Ik wil niet dat er niets komt', 'Jammer dat u gaat', 'Niet nu'],
  pl: ['Nie chcę nie dostawać', 'Szkoda, że Pan odchodzi', 'Nie teraz'],
  pt: ['Não quero não receber', 'É pena que saia', 'Agora não'],
  sv: ['Jag vill inte att inget kommer', 'Är du säker?', 'Inte nu'],
  da: ['Jeg vil ikke have, at ingen skriver', 'Er du sikker?', 'Måske senere'],
  cs: ['Nelze, aby nic nepřišlo', 'Škoda, že odcházíte', 'Teď ne'],
  ja: ['送らないわけではありません', '本当によろしいですか', '後で'],
};

describe.each(LOCALES)('the copy lint in %s', (locale) => {
  const [knot, shame, delay] = DARK[locale];

  it('finds a double negation (CC-02)', () => {
    expect([...knot.matchAll(NEGATIONS[locale])].length).toBeGreaterThan(1);
  });

  it('finds words that shame, and such that put off (CC-01, CC-02)', () => {
    expect(shame).toMatch(SHAMING);
    expect(delay).toMatch(POSTPONING);
  });
});
