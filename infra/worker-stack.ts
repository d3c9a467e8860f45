import { CfnOutput, Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { OUTPUT } from '../shared/names.ts';
import { EventBus } from './constructs/event-bus.ts';
import { EventIntake } from './constructs/event-intake.ts';
import { FailureQueue } from './constructs/failure-queue.ts';
import type { HeedFunction } from './constructs/heed-function.ts';
import { InboundQueue } from './constructs/inbound-queue.ts';
import { IncomingTexts } from './constructs/incoming-texts.ts';
import { MailFeedback } from './constructs/mail-feedback.ts';
import { MailQueue } from './constructs/mail-queue.ts';
import { MailSender } from './constructs/mail-sender.ts';
import { OpenBursts } from './constructs/open-bursts.ts';
import type { Operations } from './constructs/operations.ts';
import { OverdueComplaints } from './constructs/overdue-complaints.ts';
import { Sealing } from './constructs/sealing.ts';
import { StreamConsumer } from './constructs/stream-consumer.ts';
import { Sweeping } from './constructs/sweeping.ts';
import { allowTextOptOutList } from './constructs/text-opt-out-list.ts';
import { TextQueue } from './constructs/text-queue.ts';
import { FunctionStack, type FunctionStackProps } from './function-stack.ts';
import { CONTACT_CHANGES, type ServiceStack } from './service-stack.ts';
import { noticeFile, securityFile } from './statements.ts';

/** What works behind the doors: set off by the tables' streams, by queues, mails, other systems and the clock. */
export class WorkerStack extends FunctionStack {
  readonly operations: Operations;
  readonly publicUrl: string;
  readonly #bus: EventBus;

  constructor(scope: Construct, id: string, { service, ...props }: FunctionStackProps & { service: ServiceStack }) {
    super(scope, id, { description: 'Heed: what follows, and what the clock sets off', ...props });
    this.operations = service.operations;
    this.publicUrl = service.publicUrl;
    this.#bus = new EventBus(this, 'EventBus');
    this.#addFollowUp();
    this.#addSweeper();
    this.#addInboundMail();
    this.#addContactKeepers();
    this.#addDailyLooks();
  }

  /** What the stream sets off: the ledger, the mails, the events. */
  #addFollowUp(): void {
    const { registry, contacts } = this.data;
    const sources = { Registry: registry, Contacts: contacts };
    const operations = this.operations;
    const failures = new FailureQueue(this, 'StreamFailures', {
      operations,
      what: 'A consumer gave up on changes of the tables: the ledger or the mails have a gap.',
      runbook: 'stream-failures',
    });
    new CfnOutput(this, OUTPUT.streamFailures, { value: failures.queue.queueUrl });
    const bus = this.#bus;
    const ledger = this.#addLedger(bus);
    // Each batch costs a put of its own: under load one for a thousand changes, and at rest five seconds late.
    const batch = { size: 1000, window: Duration.seconds(5) };
    new StreamConsumer(this, 'LedgerStream', { sources, worker: ledger, failures, operations, batch });

    const dispatch = this.add('dispatch', { memorySize: 512, companions: this.schedule() });
    contacts.allow(dispatch, 'PutItem');
    this.#addMail().allowSend(dispatch);
    this.#addTexts()?.allowSend(dispatch);
    bus.allowPublish(dispatch);
    new StreamConsumer(this, 'DispatchStream', { sources, worker: dispatch, failures, operations });
  }

  /** The ledger's writer, which it returns, and its sealer. */
  #addLedger(bus: EventBus): HeedFunction {
    const { ledgerTable, auditTrail, signingKey } = this.data;
    const { ledger, stage } = this.config.settings;
    // Nobody waits for either. A writer that loses against another shard's tries again within the minute.
    const calm = { memorySize: 512, timeout: Duration.minutes(1) };
    const writer = this.add('append-ledger', calm);
    ledgerTable.allow(writer, 'GetItem', 'PutItem', 'Query', 'BatchWriteItem');
    auditTrail.allowAppend(writer);
    bus.allowPublish(writer);

    const sealer = this.add('seal-ledger', { ...calm, runbook: 'sealing-stopped' });
    ledgerTable.allow(sealer, 'GetItem');
    auditTrail.allowSeal(sealer);
    signingKey.allowSign(sealer);
    const everyMinutes = ledger.sealEveryMinutes;
    new Sealing(this, 'Sealing', { sealer, bus, operations: this.operations, stage, everyMinutes });
    new CfnOutput(this, OUTPUT.sealFunction, { value: sealer.lambda.functionName });
    return writer;
  }

  #addMail(): MailQueue {
    const { settings, mailDomain } = this.config;
    const sendMail = this.add('send-mail', { memorySize: 512 });
    this.data.keyRing.allowRead(sendMail);
    this.data.registry.allow(sendMail, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem');
    const sender = new MailSender(this, 'MailSender', { mailDomain, senderAddress: settings.sender.address });
    sender.allowSend(sendMail);
    this.#addFeedback(sender);
    return new MailQueue(this, 'MailQueue', { operations: this.operations, worker: sendMail });
  }

  /** What SES tells of mails that were sent. */
  #addFeedback({ configurationSet: { configurationSetName } }: MailSender): void {
    const { registry, keyRing } = this.data;
    const reporter = this.add('on-mail-reported', { memorySize: 512 });
    keyRing.allowRead(reporter);
    registry.allow(reporter, 'PutItem', 'UpdateItem');
    // The list has no end, and SES gives out a page of it a second.
    const reconciler = this.add('reconcile-suppression-list', { memorySize: 512, timeout: Duration.minutes(10) });
    keyRing.allowRead(reconciler);
    registry.allow(reconciler, 'BatchGetItem', 'PutItem', 'UpdateItem');
    const { texts } = this.config.settings;
    if (texts !== undefined) allowTextOptOutList(reconciler, texts, 'DescribeOptedOutNumbers');
    new MailFeedback(this, 'MailFeedback', { configurationSetName, reporter, reconciler });
  }

  /** What people and mail systems write to the opt-out address. */
  #addInboundMail(): void {
    const { registry, keyRing, inbound } = this.data;
    const reader = this.add('on-mail-received', { timeout: Duration.minutes(1) });
    keyRing.allowRead(reader);
    registry.allow(reader, 'PutItem', 'UpdateItem');
    inbound.allowHandle(reader);
    new InboundQueue(this, 'InboundQueue', { operations: this.operations, worker: reader, inbound });
  }

  /** Only for a stage with numbers of its own. */
  #addTexts(): TextQueue | undefined {
    const { settings } = this.config;
    if (settings.texts === undefined) return undefined;
    const { registry, keyRing } = this.data;
    const operations = this.operations;
    const receiver = this.add('on-text-received', { memorySize: 512 });
    keyRing.allowRead(receiver);
    registry.allow(receiver, 'PutItem', 'UpdateItem');
    new IncomingTexts(this, 'IncomingTexts', { operations, worker: receiver });
    const sender = this.add('send-text', { memorySize: 512 });
    registry.allow(sender, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem');
    allowTextOptOutList(sender, settings.texts, 'PutOptedOutNumber');
    return new TextQueue(this, 'TextQueue', { operations, worker: sender, numbers: settings.texts.numbers });
  }

  #addSweeper(): void {
    const { registry, contacts, keyRing } = this.data;
    const { stage, retention } = this.config.settings;
    // It reads whole tables by pages and has nobody waiting.
    const overrides = { memorySize: 512, timeout: Duration.minutes(5), companions: this.schedule() };
    const sweeper = this.add('sweep-expired', overrides);
    registry.allow(sweeper, 'Scan', 'DeleteItem');
    contacts.allow(sweeper, 'Scan', ...CONTACT_CHANGES);
    keyRing.allowRead(sweeper);
    const afterHours = retention.sweepAfterHours;
    new Sweeping(this, 'Sweeping', { sweeper, operations: this.operations, stage, afterHours });
    new CfnOutput(this, OUTPUT.sweepFunction, { value: sweeper.lambda.functionName });
  }

  /** What changes contacts without being asked one by one: news from other systems, a new schedule. */
  #addContactKeepers(): void {
    const schedule = { companions: this.schedule() };
    const { contacts, keyRing } = this.data;
    const listener = this.add('on-customer-changed', { ...schedule, memorySize: 512 });
    // It goes through the whole table page by page, and its caller waits.
    const rescheduler = this.add('reschedule-contacts', { ...schedule, memorySize: 512, timeout: Duration.minutes(5) });
    for (const keeper of [listener, rescheduler]) {
      keyRing.allowRead(keeper);
      contacts.allow(keeper, ...CONTACT_CHANGES);
    }
    contacts.allow(rescheduler, 'Scan');
    contacts.allow(listener, 'UpdateItem');
    new EventIntake(this, 'EventIntake', { operations: this.operations, worker: listener, bus: this.#bus });
    new CfnOutput(this, OUTPUT.rescheduleFunction, { value: rescheduler.lambda.functionName });
  }

  /** What is looked at once a day: whether something waits past its last day, or may no longer be stated. */
  #addDailyLooks(): void {
    const { stage } = this.config.settings;
    const counter = this.add('count-overdue', { memorySize: 512, timeout: Duration.minutes(5) });
    this.data.registry.allow(counter, 'Scan');
    new OverdueComplaints(this, 'OverdueComplaints', { counter, operations: this.operations, stage });
    new OpenBursts(this, 'OpenBursts', { counter, operations: this.operations, stage });
    const { statements } = this.config;
    const checker = this.add('check-statements', {
      companions: { ...noticeFile(statements), ...securityFile(statements) },
      runbook: 'statements-overdue',
    });
    new Rule(this, 'StatementsDaily', {
      description: 'Rings when a statement to the public is overdue (CC-28, SX-01)',
      schedule: Schedule.rate(Duration.days(1)),
      targets: [new LambdaFunction(checker.lambda, { retryAttempts: 0 })],
    });
  }
}
