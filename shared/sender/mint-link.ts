import { CompactEncrypt, importJWK } from 'jose';
import { canonicalEmail } from '../domain/email.ts';
import { VisibleError } from '../domain/errors.ts';
import type { SenderKey, SenderKeySet } from '../domain/ports/links.ts';
import { LIST_PATTERN } from '../domain/scope.ts';
import { CAMPAIGN_PATTERN, LANGUAGE_PATTERN, unsubscribeUrl } from '../domain/unsubscribe-link.ts';

type MintingKey = { publicKeys: SenderKeySet; jwk?: never } | { jwk: SenderKey; publicKeys?: never };

/** Who may stop what, and the key to seal it with: what `GET /.well-known/heed-sender-keys.json` answers, or one key of it. */
export type LinkOrder = MintingKey & {
  /** Origin of Heed's links. */
  publicUrl: string;
  /** The reader's address in any spelling. */
  email: string;
  /** One of the stage's lists; absent, or unknown there: the link stops all marketing by e-mail. */
  list?: string | undefined;
  /** For the record only. */
  campaign?: string | undefined;
  /** BCP 47 tag of the reader's language. */
  locale?: string | undefined;
};

/**
 * An unsubscribe link, minted without asking Heed: sealed with Heed's public key (JWE, ECDH-ES, A256GCM), so that only Heed can open it.
 * It never ends (CS-03). Throws `VisibleError` for an address, list, campaign or language that is none; its text repeats no value.
 */
export async function mintLink({ publicUrl, ...order }: LinkOrder): Promise<string> {
  const key = keyOf(order);
  const sealer = new CompactEncrypt(new TextEncoder().encode(JSON.stringify(claimsOf(order))));
  const header = { alg: 'ECDH-ES', enc: 'A256GCM', kid: key.kid };
  const token = await sealer.setProtectedHeader(header).encrypt(await importJWK({ ...key }, 'ECDH-ES'));
  return unsubscribeUrl(new URL(publicUrl).origin, token);
}

function keyOf({ publicKeys, jwk }: MintingKey): SenderKey {
  const key = jwk ?? publicKeys?.keys[0];
  if (key === undefined) throw new VisibleError('invalid', 'link.key', 'The key set holds no key to seal with');
  return key;
}

function claimsOf({ email, list, campaign, locale }: Omit<LinkOrder, 'publicUrl'>) {
  const address = canonicalEmail(email);
  if (!address.ok) throw new VisibleError('invalid', address.problem.code, address.problem.detail, { field: 'email' });
  check('list', LIST_PATTERN, list);
  check('campaign', CAMPAIGN_PATTERN, campaign);
  check('locale', LANGUAGE_PATTERN, locale);
  return { email: address.identifier.canonical, list, campaign, locale };
}

function check(field: string, pattern: RegExp, value: string | undefined): void {
  if (value === undefined || pattern.test(value)) return;
  throw new VisibleError('invalid', `link.${field}`, `The ${field} is not of the form ${pattern.source}`, { field });
}
