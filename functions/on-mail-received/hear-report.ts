import { canonicalEmail } from '../../shared/domain/email.ts';
import { complainants, isRedacted } from '../../shared/domain/inbound/complaint-report.ts';
import { failedRecipients } from '../../shared/domain/inbound/delivery-report.ts';
import type { IncomingMail } from '../../shared/domain/inbound/incoming-mail.ts';
import { addressedTokens, quotedTokens } from '../../shared/domain/inbound/sealed-tokens.ts';
import { isDoubted } from '../../shared/domain/inbound/verdicts.ts';
import { LINK_SCOPE } from '../../shared/domain/policy.ts';
import { scopeName } from '../../shared/domain/scope.ts';
import type { Identifier } from '../../shared/domain/subject.ts';
import type { Findings, Hearing, OptOutFound } from './findings.ts';
import { ownerOf } from './token-owner.ts';

/** No report of a mail that Heed knows of names so many: the first ones are taken. */
const MOST_RECIPIENTS = 100;

/** A complaint opts out at once (SE-05). When the report hides who complained, a person must look; whoever sent it is opted out. */
export async function hearComplaint(hearing: Hearing, mail: IncomingMail): Promise<Findings> {
  const owner = await ownerOf(hearing.links, [...addressedTokens(mail), ...quotedTokens(mail)]);
  const named = identifiersOf([owner?.identifier.canonical ?? '', ...(complainants(mail) ?? [])]);
  const meant = named.length > 0 ? named : identifiersOf([mail.from ?? '']);
  const optOuts = meant.map(reported(hearing, mail, 'feedback-report'));
  if (named.length > 0 && (owner !== undefined || !isRedacted(mail))) return { optOuts };
  const [identifier] = meant;
  return { optOuts, review: { kind: 'unnamed-complaint', intents: ['complaint'], ...(identifier && { identifier }) } };
}

/** An address that cannot be reached for good gets no more marketing; one that may be reached later does (SE-09). */
export async function hearBounce(hearing: Hearing, mail: IncomingMail): Promise<Findings> {
  const permanent = (failedRecipients(mail) ?? []).filter(({ isPermanent }) => isPermanent);
  const identifiers = identifiersOf(permanent.map(({ address }) => address));
  return { optOuts: identifiers.map(reported(hearing, mail, 'bounce')) };
}

function reported({ locales }: Hearing, { header }: IncomingMail, manner: 'feedback-report' | 'bounce') {
  const facts = { manner, wantsReceipt: false, isSuspect: isDoubted(header), locale: locales[0] ?? 'en' };
  return (identifier: Identifier): OptOutFound => ({ ...facts, identifier, scopes: [scopeName(LINK_SCOPE)] });
}

function identifiersOf(addresses: readonly string[]): Identifier[] {
  const found = addresses.slice(0, MOST_RECIPIENTS).flatMap((address) => {
    const result = canonicalEmail(address);
    return result.ok ? [result.identifier] : [];
  });
  return [...new Map(found.map((identifier) => [identifier.canonical, identifier])).values()];
}
