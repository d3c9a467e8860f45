import { createHmac, hkdfSync } from 'node:crypto';
import { CompactEncrypt, type CompactJWEHeaderParameters, compactDecrypt, type DecryptOptions } from 'jose';
import * as z from 'zod/mini';
import type { LinkClaims, Links, SenderKeySet } from '../domain/ports/links.ts';
import { parseScope, type ScopeName } from '../domain/scope.ts';
import { networkOf, type SourceKey, type Sources } from '../domain/source.ts';
import type { CustomerName, OptOutName, SubjectKey, SubjectKeys } from '../domain/subject.ts';
import { readSenderClaims } from './sender-claims.ts';
import { type SenderKeyPair, senderKeyPair } from './sender-key-pair.ts';

/** What the secret holds: `current` names the key for new things; every other member is key material by id. */
const ringSchema = z.pipe(z.record(z.string(), z.string().check(z.minLength(1))), z.transform(splitRing));

/** Keys by id, current one first. */
interface Ring {
  current: RingKey;
  all: readonly [RingKey, ...RingKey[]];
}

interface RingKey {
  kid: string;
  subject: Uint8Array;
  link: Uint8Array;
  trace: Uint8Array;
  /** Made when it is first asked for: few functions need it. */
  senderPair: () => SenderKeyPair | undefined;
}

/** Everything that the key ring can do. */
export interface KeyRing {
  subjectKeys: SubjectKeys;
  links: Links;
  sources: Sources;
  /** What senders mint offline with; may be published. */
  senderKeys: () => SenderKeySet;
}

/** Reads the secret's text. Throws when it lacks the current key. `lists` are those that links minted offline may name. */
export function openKeyRing(secret: string, lists: readonly string[] = []): KeyRing {
  const ring = ringSchema.parse(JSON.parse(secret));
  return {
    subjectKeys: {
      current: (identifier) => subjectKey(ring.current, identifier),
      all: (identifier) =>
        ring.all.map((key) => subjectKey(key, identifier)) as unknown as readonly [SubjectKey, ...SubjectKey[]],
    },
    links: { seal: (claims) => seal(ring, claims), open: (use, token) => open({ ...ring, lists }, use, token) },
    sources: {
      of: (clientAddress) => sourceKey(ring.current, clientAddress),
      ofActor: (actor) => keyed(ring.current.kid, ring.current.trace, `actor:${actor}`),
    },
    senderKeys: () => ({ keys: ring.all.flatMap(({ senderPair }) => senderPair()?.publicKey ?? []) }),
  };
}

function splitRing({ current: currentId = '', ...materials }: Record<string, string>): Ring {
  const keys = Object.entries(materials).map(([kid, material]) => ringKey(kid, material));
  const current = keys.find(({ kid }) => kid === currentId);
  if (current === undefined) throw new Error(`The key ring names "${currentId}" as current and does not hold it`);
  return { current, all: [current, ...keys.filter((key) => key !== current)] };
}

// One secret, four uses (one in sender-key-pair.ts): HKDF (RFC 5869) keeps the uses apart, so that no token ever tells of a subject key.
function ringKey(kid: string, material: string): RingKey {
  const derive = (use: string) => new Uint8Array(hkdfSync('sha256', material, '', `heed ${use} v1`, 32));
  let pair: { made: SenderKeyPair | undefined } | undefined;
  const senderPair = () => {
    pair ??= { made: senderKeyPair(kid, material) };
    return pair.made;
  };
  return { kid, subject: derive('subject'), link: derive('link'), trace: derive('trace'), senderPair };
}

function subjectKey({ kid, subject }: RingKey, { kind, canonical }: OptOutName | CustomerName): SubjectKey {
  return keyed(kid, subject, `${kind}:${canonical}`) as SubjectKey;
}

function sourceKey({ kid, trace }: RingKey, clientAddress = ''): SourceKey | undefined {
  const network = networkOf(clientAddress);
  return network === undefined ? undefined : (keyed(kid, trace, `network:${network}`) as SourceKey);
}

function keyed(kid: string, key: Uint8Array, text: string): string {
  return `${kid}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

const identifierSchema = z.strictObject({ kind: z.enum(['email', 'phone']), canonical: z.string() });
const scopeSchema = z.string().check(z.refine((text) => parseScope(text) !== undefined));
const claimsSchema = z.discriminatedUnion('use', [
  z.strictObject({
    use: z.literal('unsubscribe'),
    identifier: identifierSchema,
    scope: scopeSchema,
    locale: z.optional(z.string()),
    campaign: z.optional(z.string()),
  }),
  z.strictObject({
    use: z.literal('preferences'),
    identifier: identifierSchema,
    locale: z.optional(z.string()),
  }),
  z.strictObject({
    use: z.literal('receipt'),
    subjectKey: z.string(),
    requestId: z.templateLiteral(['req_', z.string()]),
  }),
]);

function seal({ current }: Ring, claims: LinkClaims): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: current.kid })
    .encrypt(current.link);
}

interface Sealed {
  claims: LinkClaims | undefined;
  /** Sealed by this ring, and not with its public key. */
  isOurs: boolean;
}

interface Opener extends Ring {
  lists: readonly string[];
}

async function open<U extends LinkClaims['use']>(opener: Opener, use: U, token: string) {
  const { claims, isOurs } = (await decrypt(opener, token)) ?? {};
  const opened = use === 'preferences' && isOurs ? preferencesOf(claims) : claims;
  return opened?.use === use ? (opened as Extract<LinkClaims, { use: U }>) : undefined;
}

// Whoever was mailed our link that stops something for an address may see and narrow what holds for it. What anybody can seal for anybody's
// address must not show it (EM-10).
function preferencesOf(claims: LinkClaims | undefined): LinkClaims | undefined {
  if (claims?.use !== 'unsubscribe') return claims;
  const { identifier, locale } = claims;
  return { use: 'preferences', identifier, ...(locale === undefined ? {} : { locale }) };
}

async function decrypt({ all, lists }: Opener, token: string): Promise<Sealed | undefined> {
  if (!isExact(token)) return undefined;
  try {
    const { plaintext, protectedHeader } = await compactDecrypt(token, (header) => keyFor(all, header), DECRYPTION);
    const sealed: unknown = JSON.parse(new TextDecoder().decode(plaintext));
    // Whoever has the public key, which is everybody, sealed this.
    if (protectedHeader.alg === SENDER_ALGORITHM) return { claims: readSenderClaims(sealed, lists), isOurs: false };
    return { claims: claimsSchema.parse(sealed) as LinkClaims & { scope?: ScopeName }, isOurs: true };
  } catch {
    // Named failure: whatever is wrong with a token that anybody can send us, it opens nothing (RF-06).
    return undefined;
  }
}

const SENDER_ALGORITHM = 'ECDH-ES';
const DECRYPTION: DecryptOptions = {
  keyManagementAlgorithms: ['dir', SENDER_ALGORITHM],
  contentEncryptionAlgorithms: ['A256GCM'],
  // No token of ours is compressed, and a stranger's may be small only until it is unpacked.
  maxDecompressedLength: 0,
};

// One id for both forms of a key: RFC 7517 §4.5 has it so for equivalent alternatives of another type.
function keyFor(all: Ring['all'], { alg, kid }: CompactJWEHeaderParameters) {
  const ringKey = all.find((candidate) => candidate.kid === kid);
  const key = alg === SENDER_ALGORITHM ? ringKey?.senderPair()?.privateKey : ringKey?.link;
  if (key === undefined) throw new UnknownKey();
  return key;
}

// Decoders of base64url pass over blanks, the other alphabet and spare bits at the end: one link would have many spellings.
function isExact(token: string): boolean {
  return token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
}

class UnknownKey extends Error {
  override readonly name = 'UnknownKey';
}
