import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { VisibleError } from '../domain/errors.ts';
import { type KeyRing, openKeyRing } from './key-ring.ts';

/** A rotated ring reaches every function instance within this time. Old keys stay in the ring, so nothing breaks meanwhile. */
const FRESH_MILLISECONDS = 15 * 60 * 1000;

/**
 * The key ring out of Secrets Manager, kept at module scope. When a fresh one cannot be had the kept one goes on: its keys are all still valid,
 * and an opt-out must not fail for a rotation. A first failure is not kept: the next request asks again.
 * `lists` are those that links minted offline may name.
 */
export function secretKeyRing(secretArn: string, lists: readonly string[] = []): () => Promise<KeyRing> {
  const client = new SecretsManagerClient({ maxAttempts: 3 });
  let kept: { ring: Promise<KeyRing>; until: number } | undefined;
  return () => {
    if (kept === undefined || kept.until < Date.now()) {
      const previous = kept;
      const ring = load(client, secretArn, lists).catch((error: unknown) => {
        kept = previous;
        if (previous === undefined) throw error;
        return previous.ring;
      });
      kept = { ring, until: Date.now() + FRESH_MILLISECONDS };
    }
    return kept.ring;
  };
}

async function load(client: SecretsManagerClient, secretArn: string, lists: readonly string[]): Promise<KeyRing> {
  try {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    return openKeyRing(SecretString, lists);
  } catch (cause) {
    throw new VisibleError('unavailable', 'keys.unavailable', 'The key ring does not answer; nothing was promised', {
      cause,
    });
  }
}
