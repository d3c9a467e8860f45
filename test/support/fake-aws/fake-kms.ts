import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

interface Asked {
  Message?: string;
  MessageType?: string;
  SigningAlgorithm?: string;
}

const ALGORITHM = 'ECDSA_SHA_256';

/** KMS with one key of ECC_NIST_P256: signs for real, so that whoever reads a checkpoint can check it. */
export interface FakeKms {
  /** SPKI DER. */
  publicKey: Buffer;
  answer(operation: string, asked: Asked): object | undefined;
}

export function fakeKms(): FakeKms {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const operations: Record<string, (asked: Asked) => object> = {
    GetPublicKey: () => ({
      PublicKey: publicKey.toString('base64'),
      KeySpec: 'ECC_NIST_P256',
      KeyUsage: 'SIGN_VERIFY',
      SigningAlgorithms: [ALGORITHM],
    }),
    Sign: ({ Message = '', MessageType, SigningAlgorithm }) => {
      if (MessageType !== 'RAW' || SigningAlgorithm !== ALGORITHM)
        throw new Error('The fake key signs raw messages only');
      const bytes = Buffer.from(Message, 'base64');
      // KMS: of a raw message at most 4096 bytes.
      if (bytes.length > 4096) throw new Error('KMS signs no message of more than 4096 bytes');
      return { Signature: sign('sha256', bytes, privateKey).toString('base64'), SigningAlgorithm };
    },
  };
  return { publicKey, answer: (operation, asked) => operations[operation]?.(asked) };
}
