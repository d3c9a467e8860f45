import type { LinkClaims, Links } from '../../shared/domain/ports/links.ts';

export type LinkOwner = Extract<LinkClaims, { use: 'unsubscribe' }>;

/** Whom the first token is about that this ring sealed; `undefined` when there is none. */
export async function ownerOf(links: Links, tokens: readonly string[]): Promise<LinkOwner | undefined> {
  for (const token of tokens) {
    const claims = await links.open('unsubscribe', token);
    if (claims !== undefined) return claims;
  }
  return undefined;
}
