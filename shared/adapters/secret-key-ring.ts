import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { VisibleError } from '../domain/errors.ts';
import { type KeyRing, openKeyRing } from './key-ring.ts';

/** A rotated ring reaches every function instance within this time. Old keys stay in the ring, so nothing breaks meanwhile. */
const FRESH_MILLISECONDS = 15 * 60 * 1000;

/** The key ring out of Secrets Manager, kept at module scope. A failure is not kept: the next request asks again. */
export function secretKeyRing(secretArn: string): () => Promise<KeyRing> {
  const client = new SecretsManagerClient({ maxAttempts: 3 });
  let kept: { ring: Promise<KeyRing>; until: number } | undefined;
  return () => {
    if (kept === undefined || kept.until < Date.now()) {
      const ring = load(client, secretArn);
      kept = { ring, until: Date.now() + FRESH_MILLISECONDS };
      ring.catch(() => {
        kept = undefined;
      });
    }
    return kept.ring;
  };
}

async function load(client: SecretsManagerClient, secretArn: string): Promise<KeyRing> {
  try {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    return openKeyRing(SecretString);
  } catch (cause) {
    throw new VisibleError('unavailable', 'keys.unavailable', 'The key ring does not answer; nothing was promised', {
      cause,
    });
  }
}
