import { GetPublicKeyCommand, KMSClient, SignCommand, type SigningAlgorithmSpec } from '@aws-sdk/client-kms';
import type { Signer } from '../domain/ledger/signed-note.ts';

/** KMS's names for what C2SP signed-note allows, the better one first. */
const ALGORITHMS: readonly SigningAlgorithmSpec[] = ['ED25519_SHA_512', 'ECDSA_SHA_256'];

/** {@link Signer} whose private key never leaves KMS. Rejects when the key is none of a kind that notes are signed with. */
export async function kmsSigner(keyId: string, name: string): Promise<Signer> {
  const client = new KMSClient({});
  const { PublicKey, SigningAlgorithms = [] } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
  const algorithm = ALGORITHMS.find((candidate) => SigningAlgorithms.includes(candidate));
  if (PublicKey === undefined || algorithm === undefined) throw new Error('The key in KMS cannot sign notes');
  return {
    name,
    publicKey: PublicKey,
    sign: async (bytes) => {
      const command = new SignCommand({
        KeyId: keyId,
        Message: bytes,
        MessageType: 'RAW',
        SigningAlgorithm: algorithm,
      });
      const { Signature } = await client.send(command);
      if (Signature === undefined) throw new Error('KMS answered without a signature');
      return Signature;
    },
  };
}
