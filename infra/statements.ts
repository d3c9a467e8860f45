import * as z from 'zod';
import { noticeSchema } from '../shared/domain/notice.ts';
import type { GpcStatement } from '../shared/http/schemas/gpc.ts';
import { NOTICE_FILE, SECURITY_FILE } from '../shared/names.ts';
import type { Companions } from './constructs/bundled-code.ts';

/** What a stage states to the public. It stands in files beside the functions that show it: an environment has room for 4 kB only. */
export const statementsSchema = z.strictObject({
  /** Since when it is stated that Global Privacy Control is honoured: the date of the statement, not of a deploy (GP-04). */
  gpcStatedOn: z.iso.date(),
  /** Where to report weaknesses: https or mailto (RFC 9116 §2.5.3). */
  securityContact: z.url({ protocol: /^(https|mailto)$/ }),
  notice: noticeSchema,
});

export type Statements = z.infer<typeof statementsSchema>;

/** The body of `/.well-known/gpc.json`. */
export function gpcStatement({ gpcStatedOn }: Statements): string {
  return JSON.stringify({ gpc: true, lastUpdate: gpcStatedOn } satisfies GpcStatement);
}

/**
 * The body of `/.well-known/security.txt`. It expires eleven months after the beginning of the month in which it was made, which is within 364
 * days (SX-01), and the same for each deploy of that month.
 */
export function securityText({ securityContact }: Statements, now: Date): string {
  const expires = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 11, 1)).toISOString();
  return `Contact: ${securityContact}\nExpires: ${expires}\nPreferred-Languages: en\n`;
}

/** The privacy notice's own data, for functions that show or check it. */
export function noticeFile({ notice }: Statements): Companions {
  return { [NOTICE_FILE]: () => JSON.stringify(notice) };
}

/** As {@link securityText}, made when it is bundled. */
export function securityFile(statements: Statements): Companions {
  return { [SECURITY_FILE]: () => securityText(statements, new Date()) };
}
