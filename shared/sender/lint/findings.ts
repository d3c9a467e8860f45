/** `error`: the mail must not go out. `warning`: it may be right, and somebody should look. */
export type Severity = 'error' | 'warning';

interface Rule {
  severity: Severity;
  /** What is wrong, in words for whoever composes the mail. */
  what: string;
  /** Where it is written. */
  rule: string;
}

/** Everything that can be found, by its stable code. */
export const RULES = {
  unreadable: error('This is no mail that can be read', 'RFC 5322'),
  'line-too-long': error('A header line is longer than 998 bytes: servers will cut it', 'RFC 5322 §2.1.1'),
  'list-unsubscribe-missing': error('The header List-Unsubscribe is missing', 'RFC 8058 §3.1'),
  'list-unsubscribe-repeated': error('There is more than one header List-Unsubscribe', 'RFC 2369 §2'),
  'list-unsubscribe-syntax': error('List-Unsubscribe is not a list of <URI>, parted by commas', 'RFC 2369 §2'),
  'list-unsubscribe-folded': error('A URI of List-Unsubscribe is folded or encoded, which breaks it', 'RFC 2369 §2'),
  'https-missing': error('List-Unsubscribe holds no https URI', 'RFC 8058 §3.1'),
  'https-repeated': error('List-Unsubscribe holds more than one https URI', 'RFC 8058 §3.1'),
  // No error: the second example of RFC 8058 §8 has it so.
  'https-not-first': warning('Another URI stands before the https one and is preferred to it', 'RFC 2369 §2'),
  'one-click-missing': error('The header List-Unsubscribe-Post is missing', 'RFC 8058 §3.1'),
  'one-click-repeated': error('There is more than one header List-Unsubscribe-Post', 'RFC 8058 §3.1'),
  'one-click-value': error('List-Unsubscribe-Post is not exactly "List-Unsubscribe=One-Click"', 'RFC 8058 §3.1'),
  'from-missing': error('There is no From address', 'RFC 5322 §3.6.2'),
  'dkim-missing': error('The mail has no DKIM signature', 'RFC 8058 §4'),
  'dkim-uncovered': error('No DKIM signature covers both List-Unsubscribe headers in its h=', 'RFC 8058 §4'),
  'dkim-unaligned': error('The covering DKIM signature is of another domain than From', 'RFC 7489 §3.1.1'),
  'dkim-alignment-unsure': warning(
    "From and the covering DKIM signature are of sister domains: check that both are one organisation's",
    'RFC 7489 §3.1.1',
  ),
  'html-link-missing': error('The HTML part has no link to unsubscribe', 'PECR reg. 22(3)(c), 15 USC 7704(a)(3)'),
  'text-link-missing': error('The text part has no link to unsubscribe', 'PECR reg. 22(3)(c), 15 USC 7704(a)(3)'),
  'link-hidden': error('The link to unsubscribe cannot be seen', 'Yahoo sender best practices'),
  'link-redirected': error('The link to unsubscribe goes to another host first, which follows people', 'RFC 8058 §3.1'),
  'postal-address-missing': error("The sender's postal address is missing in a part of the body", '15 USC 7704(a)(5)'),
  'postal-address-unseen': warning('Nothing in the body looks like a postal address', '15 USC 7704(a)(5)'),
  'auto-submitted': warning('Auto-Submitted marks a marketing mail as an automatic answer', 'RFC 3834 §5'),
  clipped: warning('The body is larger than 102 kB: Gmail cuts off its end, and the link with it', 'Gmail'),
} as const satisfies Record<string, Rule>;

export type FindingCode = keyof typeof RULES;

export interface Finding extends Rule {
  code: FindingCode;
}

export function finding(code: FindingCode): Finding {
  return { code, ...RULES[code] };
}

function error(what: string, rule: string): Rule {
  return { severity: 'error', what, rule };
}

function warning(what: string, rule: string): Rule {
  return { severity: 'warning', what, rule };
}
