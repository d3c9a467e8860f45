/** What people answer by text message, written as people write; read by `understand-sms.ts`. Parted by `|`. */

/** The words that 47 CFR 64.1200(a)(10) names: each revokes consent by itself (TC-01). */
export const FCC_WORDS = 'stop|quit|end|revoke|opt out|cancel|unsubscribe';

/** Default opt-out keywords of AWS End User Messaging (TC-05); REVOKE and OPT OUT are not among them. */
export const AWS_WORDS = 'ARRET|CANCEL|END|OPT-OUT|OPTOUT|QUIT|REMOVE|STOP|TD|UNSUBSCRIBE';

/** Further bare orders. */
export const MORE_STOP_WORDS = [
  'stopall|stop all|stop it|stop texting|stop messages|stop sms|unsub|opt me out|remove me|delete me|no more|no more texts|revoke consent|cease|desist|halt|enough',
  'alto|parar|pare|paren|cancelar|baja|darme de baja|no más|detener|detengan|basta|ya basta|quitar|salir',
  'arrêt|arrêter|arrêtez|stopper|désabonner|désabonnez|désinscrire|désinscrivez|désabonnement|désinscription|stop sms',
  'stopp|stoppen|abmelden|abbestellen|abmeldung|austragen|aufhören|schluss|löschen',
  'disiscrivi|fermati|basta sms|afmelden|uitschrijven|sair|parem|remover|wypisz|rezygnuję',
].join('|');

/** Of these a single sentence in a longer message is enough; the others are ordinary words as well. */
export const PLAIN_ORDERS =
  'stop|stopp|unsubscribe|opt out|optout|stop all|stopall|remove me|abmelden|abbestellen|désabonner|désinscrire|desuscribir|afmelden|uitschrijven';

/** Words that are long and rare enough to be known with one slip. */
export const WITH_SLIPS =
  'stop|quit|cancel|remove|revoke|unsubscribe|optout|cancelar|arreter|desabonner|desinscrire|abmelden|abbestellen';

/** Ordinary words that are one slip away from such a word. */
export const NO_SLIPS =
  'step|shop|slop|stow|stoop|stomp|strop|atop|top|sop|stor|story|quiet|quite|quilt|suit|unit|quip|quid|quits|cancer|cancels|evoke|revoked|removed|remote|cancelan|cancela|spot';

export const HELP_WORDS = 'help|info|aide|ayuda|hilfe|hulp|aiuto|ajuda|pomoc|help me|?';
export const START_WORDS = 'start|unstop|yes|y|yep|subscribe|resume|sí|oui|ja|alta|optin|opt in|inscribir|start again';

/** Says nothing of its own beside an order. */
export const SMS_POLITE =
  'please pls plz plse thanks thank you thx now just ok okay yes hi hello hey i said told you u already this me all messages message texts texting sms msgs right asap im sorry ' +
  'por favor gracias hola ya bitte danke sofort jetzt svp merci bonjour s il vous plaît mich no';

/** Nobody can tell what these ask: the number gets no more texts, and a person looks (TC-01). */
export const UNCLEAR_PHRASES: readonly string[] = [
  'who is|are this|you',
  'whos|who s this',
  'who dis',
  'why are|do|you ~ text*|messag*|contact*|call* me',
  'why am i getting|receiving',
  'leave me|us alone',
  'wrong number|person|guy',
  'you have the wrong',
  'how ~ get ~ my ~ number',
  'lose|forget|delete my number',
  'go away',
  'get lost',
  'fuck off|you|u',
  'piss|bugger off',
  'screw you',
  'do i know you',
  'not interested',
  'no thanks|thank',
  'new phone',
  'this is not|isn_t ~',
  'i am|m not ~ anymore',
  'this number|phone ~ changed|belongs',
  'reporting|report* ~ you|this|spam',
  'is this ~ spam|scam',
  'harass*',
  'quién eres|es',
  'número equivocado',
  'déj*|dejen|deja me? en paz',
  'déjame|dejadme|déjenme ~ en paz',
  'por qué ~ escriben|mandan',
  'no me interesa',
  'qui est|êtes ~',
  'mauvais numéro',
  'faux numéro',
  'laissez|laisse ~ tranquille',
  'pas intéressé*',
  'wer ist|sind das|da|sie',
  'falsche nummer',
  'lass*|lasst mich|uns ~ ruhe',
  'kein interesse',
  'warum ~ schreib*|schick*',
];

/** Whole messages that are as unclear. */
export const UNCLEAR_ALONE = 'no|nope|nah|spam|scam|wtf|who|who is this|nein|non|wrong|stahp|ugh|???';

/** "Stop" is a verb of motion before these. */
export const STOP_BY =
  'by|at|over|here|there|near|in|off|light|sign|on|for|and|the|to|worrying|working|is|was|u|crying|laughing';
