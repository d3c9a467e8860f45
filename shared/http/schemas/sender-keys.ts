import * as z from 'zod/mini';

const COORDINATE = /^[A-Za-z0-9_-]{43}$/;

const senderKeySchema = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().check(z.regex(COORDINATE)),
  y: z.string().check(z.regex(COORDINATE)),
  kid: z.string().check(z.meta({ description: 'Goes into the header of each token that is sealed with this key' })),
  alg: z.literal('ECDH-ES'),
  use: z.literal('enc'),
});

/** A JWK set (RFC 7517 §5): what senders seal links with offline. */
export const senderKeySetSchema = z.strictObject({
  keys: z.readonly(
    z
      .array(senderKeySchema)
      .check(z.meta({ description: 'The first one is for new links; links of the others open for good' })),
  ),
});
export type SenderKeySetAnswer = z.infer<typeof senderKeySetSchema>;
