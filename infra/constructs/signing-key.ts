import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { ENV } from '../../shared/names.ts';
import type { StageConfig } from '../config.ts';
import type { HeedFunction } from './heed-function.ts';
import { type RoleOf, roleArnPattern } from './role-path.ts';

const SPECS = { 'ecdsa-p256': KeySpec.ECC_NIST_P256, ed25519: KeySpec.ECC_NIST_EDWARDS25519 } as const;

interface SigningKeyProps {
  signing: StageConfig['ledger']['signing'];
  /** Name of the ledger in its checkpoints. */
  origin: string;
  /** The one function that signs. */
  signer: RoleOf;
}

/** The key that seals the ledger. It never leaves KMS; whoever has its public half can check a checkpoint without us (S3-03). */
export class SigningKey extends Construct {
  readonly #key: Key;
  readonly #origin: string;

  constructor(scope: Construct, id: string, { signing, origin, signer }: SigningKeyProps) {
    super(scope, id);
    this.#origin = origin;
    // Another spec is another key: this one stays, since what it signed is checked with it for as long as the trail is kept.
    this.#key = new Key(this, 'Key', {
      description: 'Seals the ledger of Heed',
      keySpec: SPECS[signing],
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
      pendingWindow: Duration.days(30),
    });
    this.#denySigning(signer);
  }

  /** Allows to seal: to sign, and to publish the key. */
  allowSign(who: HeedFunction): void {
    who.set(ENV.signingKey, this.#key.keyArn);
    who.set(ENV.ledgerOrigin, this.#origin);
    who.allow({ actions: ['kms:Sign', 'kms:GetPublicKey'], resources: [this.#key.keyArn] });
  }

  // The default policy leaves it to IAM who may use the key, and an administrator may everything there.
  #denySigning(signer: RoleOf): void {
    this.#key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'OnlyTheSealerSigns',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['kms:Sign'],
        resources: ['*'],
        conditions: { ArnNotLike: { 'aws:PrincipalArn': roleArnPattern(this, signer) } },
      }),
    );
  }
}
