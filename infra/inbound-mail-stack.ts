import { Stack, type StackProps } from 'aws-cdk-lib';
import { CfnReceiptRule, CfnReceiptRuleSet } from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import { INBOUND_PREFIX } from '../shared/names.ts';
import type { Settings } from '../shared/settings.ts';
import type { DataStack } from './data-stack.ts';

export interface InboundMailStackProps extends StackProps {
  inboundMail: NonNullable<Settings['inboundMail']>;
  data: DataStack;
}

/**
 * By which SES takes in mails to the opt-out address. A stack of its own: only stages with such an address have it, the local AWS has no
 * receipt rules, and one account and Region has one active rule set, which a person chooses (README).
 */
export class InboundMailStack extends Stack {
  constructor(scope: Construct, id: string, { inboundMail, data, ...props }: InboundMailStackProps) {
    super(scope, id, { description: 'Heed: mails that come in', ...props });
    const rules = new CfnReceiptRuleSet(this, 'Rules');
    new CfnReceiptRule(this, 'Rule', {
      ruleSetName: rules.ref,
      rule: {
        enabled: true,
        // Tags are part of it: optout+tag@ as well as optout@.
        recipients: [inboundMail.address],
        // Verdicts are written into the mail; nothing is refused for them (CS-05).
        scanEnabled: true,
        // A mail that comes without TLS may be an opt-out, too.
        tlsPolicy: 'Optional',
        actions: [{ s3Action: { bucketName: data.inbound.bucket.bucketName, objectKeyPrefix: INBOUND_PREFIX } }],
      },
    });
  }
}
