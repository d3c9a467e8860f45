import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { TEXTS_OUTPUT } from '../../shared/names.ts';
import type { HeedFunction } from './heed-function.ts';
import type { Operations } from './operations.ts';
import { MOST_TRIES, WorkQueue } from './work-queue.ts';

/**
 * Texts that people send to our numbers: the topic that AWS End User Messaging publishes to, and the queue behind it, so that none is lost
 * while the function or the table is down. The form is AWS's own and holds the sender's number (docs/decisions).
 */
export class IncomingTexts extends WorkQueue {
  constructor(scope: Construct, id: string, { operations, worker }: { operations: Operations; worker: HeedFunction }) {
    super(scope, id, {
      ...{ operations, worker, batchSize: 10 },
      what: `An incoming text failed ${MOST_TRIES} times: an opt-out may not have been taken.`,
      runbook: 'incoming-text-failures',
      retention: Duration.days(1),
    });
    const topic = new Topic(this, 'Topic', { masterKey: this.#makeKey(), enforceSSL: true });
    topic.addSubscription(new SqsSubscription(this.queue));
    topic.addToResourcePolicy(
      new PolicyStatement({ ...this.#phoneNetwork(), actions: ['sns:Publish'], resources: [topic.topicArn] }),
    );
    new CfnOutput(Stack.of(this), TEXTS_OUTPUT.topic, { value: topic.topicArn });
  }

  // Of this account only: others' numbers could opt people out in our name.
  #phoneNetwork() {
    return {
      principals: [new ServicePrincipal('sms-voice.amazonaws.com')],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    };
  }

  #makeKey(): Key {
    const key = new Key(this, 'Key', {
      description: 'Incoming texts of Heed',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
      pendingWindow: Duration.days(30),
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        ...this.#phoneNetwork(),
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
      }),
    );
    return key;
  }
}
