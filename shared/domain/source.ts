import ipaddr from 'ipaddr.js';

/** `<key id>.<base64url HMAC-SHA-256>` of the network that a request came from: equal for equal networks, readable for nobody. */
export type SourceKey = string & { readonly __kind: 'source key' };

/** Turns client addresses into keys. Pure once the key ring is loaded; never fails. */
export interface Sources {
  /** `undefined` for what is no IP address: then nothing is known of where a request came from. */
  of(clientAddress: string | undefined): SourceKey | undefined;
  /** Staff by the id in their token, for where it cannot be forgotten: an issuer's ids may be addresses. */
  ofActor(actor: string): string;
}

/** Octets of an address that name its network: an IPv4 /24, an IPv6 /48, which is what one organisation is given at least. */
const NETWORK_OCTETS = { ipv4: 3, ipv6: 6 } as const;

/** The network of an IP address, `203.0.113` or `2001:db8:1` in octets; IPv4 written as IPv6 counts as IPv4. */
export function networkOf(clientAddress: string): string | undefined {
  if (!ipaddr.isValid(clientAddress)) return undefined;
  const address = ipaddr.process(clientAddress);
  const kind = address.kind();
  return `${kind}:${address.toByteArray().slice(0, NETWORK_OCTETS[kind]).join('.')}`;
}
