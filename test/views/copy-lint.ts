import type { Locale } from '../../shared/settings.ts';

/** Words that negate. Two in one sentence make people think twice (CC-02). French "ne" and Polish "nie … nic" count once. */
export const NEGATIONS: Readonly<Record<Locale, RegExp>> = {
  en: /\b(?:no|not|none|nothing|never|nobody|without|cannot)\b|n['’]t\b/giu,
  de: words('nicht|nichts|nie|niemals|niemand|ohne|kein\\p{L}*'),
  fr: words('pas|plus rien|jamais|rien|aucune?|personne|sans'),
  es: words('no|nada|nunca|jamás|nadie|sin|ning\\p{L}+'),
  it: words('non|nulla|niente|mai|nessun\\p{L}*|senza'),
  nl: words('niet|niets|nooit|niemand|zonder|geen'),
  pl: words('nie|nigdy|nikt|nic|bez|żad\\p{L}+'),
  pt: words('não|nada|nunca|ninguém|sem|nenhum\\p{L}*'),
  sv: words('inte|ingenting|aldrig|ingen|inget|inga|utan'),
  da: words('ikke|intet|aldrig|ingen|uden'),
  cs: words('není|nelze|nikdy|nikdo|nic|bez|žádn\\p{L}+'),
  // ません is the ending of a polite negation.
  ja: /ません|ない/g,
};

/** Words that shame or press, in any language. */
export const SHAMING = new RegExp(
  [
    'are you sure|sorry|unfortunately|miss out|you will lose|stay with us',
    'leider|schade|verpassen|wirklich|sind sie sicher',
    'dommage|malheureusement|manquer|êtes-vous sûr',
    'lástima|lamentablemente|perder|está seguro',
    'purtroppo|peccato|è sicuro|rimanga con noi',
    'helaas|jammer|weet u het zeker|mislopen',
    'niestety|szkoda|na pewno|czy jest pan|stracić',
    'infelizmente|é pena|tem a certeza',
    'tyvärr|synd att|är du säker|gå miste',
    'desværre|ærgerligt|er du sikker|gå glip',
    'bohužel|škoda|opravdu|jste si jist|přijdete o',
    '残念|本当に|よろしいですか|申し訳',
  ].join('|'),
  'iu',
);

/** A button that puts off what it is about is no answer to it: "Yes" beside "Ask me later" is asymmetric (CC-01). */
export const POSTPONING = new RegExp(
  [
    'later|not now|remind me|maybe|no,? thanks',
    'später|nicht jetzt|erinner|vielleicht|nein,? danke',
    'plus tard|pas maintenant|rappelez|peut-être|non,? merci',
    'más tarde|ahora no|recuérd|quizás|no,? gracias',
    'più tardi|non ora|ricordami|forse|no,? grazie',
    'niet nu|herinner|misschien|nee,? bedankt',
    'później|nie teraz|przypomnij|może|nie,? dziękuję',
    'mais tarde|agora não|lembrar|talvez|não,? obrigad',
    'senare|inte nu|påminn|kanske|nej,? tack',
    'senere|ikke nu|påmind|måske|nej,? tak',
    'později|teď ne|připomen|možná|ne,? děkuji',
    '後で|あとで|今はしない|たぶん|結構です',
  ].join('|'),
  'iu',
);

/** What only people who build software say, or what a mistake of theirs leaves behind. */
export const DEVELOPER_WORDS =
  /(?<![\p{L}-])(?:token|null|undefined|json|https?|url|uri|api|id|server|database|invalid|error|status|payload|subject key|suppression|datenbank|fehlercode|serveur|servidor|NaN|localhost|stack)(?!\p{L})|\[object|[<>\\`]|\/(?:home|tmp|var|usr)\//iu;

/** Promotion makes a receipt a commercial message (CS-07). */
export const PROMOTION = new RegExp(
  [
    'offer|discount|sale now|% off|deal|promo|come back|newsletter',
    'rabatt|angebot|gutschein|vermissen|remise|soldes|oferta|descuento',
    'sconto|offerta|korting|aanbieding|rabat|promocj|desconto|erbjudande|tilbud|sleva|nabídka|割引|セール|クーポン|お得',
  ].join('|'),
  'iu',
);

/** Quotation marks that a language does not use, and double ones, which no book prints. Apostrophes are curly. */
export const WRONG_QUOTES: Readonly<Record<Locale, RegExp>> = {
  en: /["'„«»]/,
  de: /["'«»”]/,
  fr: /["'„“”]|«(?!\u00a0)|(?<!\u00a0)»/,
  es: /["'„“”]/,
  it: /["'„“”]/,
  nl: /["'„«»]/,
  pl: /["'“«»]/,
  pt: /["'„“”]/,
  sv: /["'„“«»]/,
  da: /["'„“”]/,
  cs: /["'”«»]/,
  ja: /["'„“”«»]/,
};

/** Words of one language, whole. `\b` knows only English letters. */
function words(alternatives: string): RegExp {
  return new RegExp(`(?<!\\p{L})(?:${alternatives})(?!\\p{L})`, 'giu');
}
