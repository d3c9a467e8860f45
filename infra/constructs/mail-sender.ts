import { Stack } from 'aws-cdk-lib';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  DkimIdentity,
  EasyDkimSigningKeyLength,
  EmailIdentity,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { ENV } from '../../shared/names.ts';
import type { HeedFunction } from './heed-function.ts';

export interface MailSenderProps {
  /** Domain of the identity; its DNS must get the DKIM, MAIL FROM and DMARC records. */
  mailDomain: string;
  senderAddress: string;
}

/** The domain that mails come from, and how they are sent. */
export class MailSender extends Construct {
  readonly identity: EmailIdentity;
  readonly configurationSet: ConfigurationSet;
  readonly #senderAddress: string;

  constructor(scope: Construct, id: string, { mailDomain, senderAddress }: MailSenderProps) {
    super(scope, id);
    this.#senderAddress = senderAddress;
    // No event destination for opens and clicks, no redirect domain: rewritten links profile people (SE-10) and redirect (RF-04).
    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    this.identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(mailDomain),
      dkimIdentity: DkimIdentity.easyDkim(EasyDkimSigningKeyLength.RSA_2048_BIT),
      mailFromDomain: `bounce.${mailDomain}`,
      configurationSet: this.configurationSet,
    });
  }

  /** Allows to send from the sender's address only, and only with the configuration set. */
  allowSend(who: HeedFunction): void {
    const name = this.configurationSet.configurationSetName;
    const configurationSetArn = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: name,
    });
    who.set(ENV.configurationSet, name);
    who.allow({
      actions: ['ses:SendEmail'],
      resources: [this.identity.emailIdentityArn, configurationSetArn],
      conditions: { StringEquals: { 'ses:FromAddress': this.#senderAddress } },
    });
  }
}
