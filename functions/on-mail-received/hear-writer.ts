import { canonicalEmail } from '../../shared/domain/email.ts';
import { isOfList, isSurelyAutomatic, speaksOfAbsence } from '../../shared/domain/inbound/classify-mail.ts';
import type { IncomingMail } from '../../shared/domain/inbound/incoming-mail.ts';
import { addressedTokens, quotedTokens, withoutTokens } from '../../shared/domain/inbound/sealed-tokens.ts';
import type { Intent, Understanding } from '../../shared/domain/inbound/understand-text.ts';
import { isDoubted } from '../../shared/domain/inbound/verdicts.ts';
import { DEFAULT_OPT_OUT_SCOPES } from '../../shared/domain/policy.ts';
import type { ReviewKind } from '../../shared/domain/review.ts';
import type { Identifier } from '../../shared/domain/subject.ts';
import { type Findings, type Hearing, NOTHING, type OptOutFound } from './findings.ts';
import { type LinkOwner, ownerOf } from './token-owner.ts';

/** A mail and what its words and links say. */
interface Heard extends Understanding {
  mail: IncomingMail;
  /** Its author, if there is an address to be read. */
  author: Identifier | undefined;
  /** Whom the link is about by which the mail was written, or else the mail that it quotes. */
  owner: LinkOwner | undefined;
  /** The sender's program took a token from a `mailto:` link: no words are needed. */
  isByLink: boolean;
}

/** Intents that end marketing at once; an erasure after which it went on would be absurd. */
const STOP: readonly Intent[] = ['opt-out', 'objection', 'erasure'];
/** ST-02: these take a person, and the opt-out does not wait for them. */
const RIGHTS: readonly Intent[] = ['erasure', 'access', 'complaint'];

/**
 * What a person who writes wants (RF-08). The address is for opting out, so no word is needed: an empty mail opts out, and so does one that
 * Heed does not understand. Nothing is confirmed first.
 */
export async function hearPerson(hearing: Hearing, mail: IncomingMail): Promise<Findings> {
  const heard = await hear(hearing, mail);
  const review = reviewOf(heard);
  return {
    optOuts: wantsStop(heard) ? optOutsOf(hearing, heard) : [],
    ...(review && { review }),
  };
}

/**
 * What a robot's mail is worth, which gets no answer (RF-09). The token of a link counts, as no robot makes one up. Clear words count where
 * only single signs speak of a robot: help desks and mail merges set them on what people write.
 */
export async function hearRobot(hearing: Hearing, mail: IncomingMail): Promise<Findings> {
  const heard = await hear(hearing, mail);
  const isClear = heard.isSure && !isSurelyAutomatic(mail) && !isOfList(mail);
  if (!heard.isByLink && !isClear) return NOTHING;
  const { optOuts, ...findings } = await hearPerson(hearing, mail);
  return { ...findings, optOuts: optOuts.map((optOut) => ({ ...optOut, wantsReceipt: false })) };
}

async function hear({ links, understand }: Hearing, mail: IncomingMail): Promise<Heard> {
  const byLink = await ownerOf(links, addressedTokens(mail));
  const address = canonicalEmail(mail.from ?? '');
  return {
    mail,
    author: address.ok ? address.identifier : undefined,
    owner: byLink ?? (await ownerOf(links, quotedTokens(mail))),
    isByLink: byLink !== undefined,
    ...understand({ subject: withoutTokens(mail.subject), body: withoutTokens(mail.body) }),
  };
}

// Who tells of an absence in a mail without any sign of a robot may be one all the same: a person looks, and nobody is opted out for it.
function wantsStop({ isByLink, isSure, intents, mail }: Heard): boolean {
  if (isByLink || intents.some((intent) => STOP.includes(intent))) return true;
  return !isSure && !speaksOfAbsence(mail);
}

function reviewOf(heard: Heard): Findings['review'] {
  const kind = reviewKind(heard);
  const identifier = heard.author ?? heard.owner?.identifier;
  return kind && { kind, intents: heard.intents, ...(identifier && { identifier }) };
}

function reviewKind({ mail, author, owner, intents, isSure, isByLink }: Heard): ReviewKind | undefined {
  if (!mail.isWhole || (author === undefined && owner === undefined)) return 'unreadable';
  if (intents.some((intent) => RIGHTS.includes(intent))) return 'rights-request';
  return isSure || isByLink || withoutTokens(mail.body) === '' ? undefined : 'not-understood';
}

// A link speaks for its owner, whoever sends the mail. A quoted one only shows whom the quoted mail was for: then the author is meant as well.
function optOutsOf(hearing: Hearing, heard: Heard): OptOutFound[] {
  const { mail, author, owner, isByLink } = heard;
  const isSuspect = isDoubted(mail.header);
  const facts = { manner: 'mailto', wantsReceipt: true, isSuspect, locale: localeOf(hearing, heard) } as const;
  const found = new Map<string, OptOutFound>();
  if (author !== undefined && !isByLink) {
    found.set(author.canonical, { ...facts, identifier: author, scopes: DEFAULT_OPT_OUT_SCOPES });
  }
  if (owner !== undefined) {
    found.set(owner.identifier.canonical, { ...facts, identifier: owner.identifier, scopes: scopesOf(owner, heard) });
  }
  return [...found.values()];
}

// Words may ask for more than the link does.
function scopesOf({ scope }: LinkOwner, { intents }: Heard): OptOutFound['scopes'] {
  const isBroad = intents.includes('objection') || intents.includes('erasure');
  return isBroad ? [scope, ...DEFAULT_OPT_OUT_SCOPES] : [scope];
}

function localeOf({ locales }: Hearing, { language, owner }: Heard): string {
  const wanted = [language, owner?.locale].find((locale) => locale !== undefined && locales.includes(locale));
  return wanted ?? locales[0] ?? 'en';
}
