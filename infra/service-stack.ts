import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ENV, OUTPUT, SCHEDULE_FILE } from '../shared/names.ts';
import type { StageConfig } from './config.ts';
import type { Companions } from './constructs/bundled-code.ts';
import { EventBus } from './constructs/event-bus.ts';
import { EventIntake } from './constructs/event-intake.ts';
import { FailureQueue } from './constructs/failure-queue.ts';
import { HeedFunction, type HeedFunctionProps } from './constructs/heed-function.ts';
import { HttpSurface } from './constructs/http-surface.ts';
import { InboundQueue } from './constructs/inbound-queue.ts';
import { IncomingTexts } from './constructs/incoming-texts.ts';
import { machineAccess } from './constructs/machine-access.ts';
import { MailFeedback } from './constructs/mail-feedback.ts';
import { MailQueue } from './constructs/mail-queue.ts';
import { MailSender } from './constructs/mail-sender.ts';
import { Operations } from './constructs/operations.ts';
import { OverdueComplaints } from './constructs/overdue-complaints.ts';
import type { TableAction } from './constructs/retained-table.ts';
import { Sealing } from './constructs/sealing.ts';
import { StreamConsumer } from './constructs/stream-consumer.ts';
import { Sweeping } from './constructs/sweeping.ts';
import { TextQueue } from './constructs/text-queue.ts';
import type { DataStack } from './data-stack.ts';
import { openApiDocument } from './openapi.ts';
import { routes } from './routes.ts';
import { writtenRopa } from './written-ropa.ts';

export interface ServiceStackProps extends StackProps {
  config: StageConfig;
  data: DataStack;
}

/** What can be made again from the code at any time. */
export class ServiceStack extends Stack {
  readonly #config: StageConfig;
  readonly #data: DataStack;
  readonly #operations: Operations;
  readonly #surface: HttpSurface;
  readonly #publicUrl: string;
  readonly #bus: EventBus;
  readonly #functions = new Map<string, HeedFunction>();

  constructor(scope: Construct, id: string, { config, data, ...props }: ServiceStackProps) {
    super(scope, id, { description: 'Heed: API, functions, queues', ...props });
    this.#config = config;
    this.#data = data;
    const operations = new Operations(this, 'Operations', { logRetentionDays: config.logRetentionDays });
    this.#operations = operations;
    this.#surface = new HttpSurface(this, 'Http', {
      origins: config.settings.sites.map(({ origin }) => origin),
      operations,
    });
    this.#publicUrl = config.publicUrl ?? this.#surface.url;
    this.#bus = new EventBus(this, 'EventBus');
    this.#addPages();
    this.#addActions();
    this.#addMachineDoors();
    this.#addContactDoors();
    this.#addStaffDoors();
    this.#addFollowUp();
    this.#addSweeper();
    this.#addInboundMail();
    this.#addContactKeepers();
    this.#serve();
  }

  /** Everything that answers GET. None of these may be allowed to write anything. */
  #addPages(): void {
    const { registry, contacts, keyRing, ledgerTable, auditTrail } = this.#data;
    this.#add('show-form');
    keyRing.allowRead(this.#add('show-unsubscribe'));
    registry.allow(this.#add('show-confirmation'), 'GetItem');
    const preferences = this.#add('show-preferences');
    keyRing.allowRead(preferences);
    registry.allow(preferences, 'GetItem');
    const receipt = this.#add('show-receipt');
    keyRing.allowRead(receipt);
    registry.allow(receipt, 'GetItem');
    ledgerTable.allow(receipt, 'GetItem');
    auditTrail.allowProve(receipt);
    const certificate = this.#add('show-deletion-certificate');
    keyRing.allowRead(certificate);
    contacts.allow(certificate, 'Query');
    ledgerTable.allow(certificate, 'GetItem');
    auditTrail.allowProve(certificate);
    registry.allow(this.#add('show-erasure'), 'GetItem');
    registry.allow(this.#add('report-health'), 'GetItem');
    keyRing.allowRead(this.#add('show-sender-keys'));
    this.#add('show-ropa', { companions: { 'ropa.json': () => JSON.stringify(writtenRopa(this.#config)) } });
    this.#add('show-openapi', { companions: { 'openapi.json': () => JSON.stringify(openApiDocument()) } });
  }

  #addActions(): void {
    const { registry, keyRing } = this.#data;
    for (const capability of ['submit-opt-out', 'unsubscribe', 'change-preferences']) {
      const action = this.#add(capability);
      keyRing.allowRead(action);
      registry.allow(action, 'PutItem', 'UpdateItem');
    }
    const order = this.#add('order-preferences-link');
    keyRing.allowRead(order);
    registry.allow(order, 'PutItem');
    const complaint = this.#add('take-complaint');
    keyRing.allowRead(complaint);
    registry.allow(complaint, 'PutItem');
    registry.allow(this.#add('confirm'), 'GetItem', 'PutItem', 'UpdateItem');
    this.#addErasure();
  }

  #addErasure(): void {
    const { registry, contacts, keyRing } = this.#data;
    const ask = this.#add('request-erasure');
    keyRing.allowRead(ask);
    registry.allow(ask, 'PutItem');
    const erase = this.#add('confirm-erasure', { companions: this.#schedule() });
    keyRing.allowRead(erase);
    registry.allow(erase, 'GetItem', 'Query', 'UpdateItem');
    contacts.allow(erase, 'Query', 'PutItem', 'ConditionCheckItem', 'DeleteItem');
  }

  #addMachineDoors(): void {
    const { registry, contacts, keyRing } = this.#data;
    const check = this.#add('check-suppression');
    keyRing.allowRead(check);
    registry.allow(check, 'GetItem', 'BatchGetItem');
    keyRing.allowRead(this.#add('mint-link'));
    contacts.allow(this.#add('acknowledge-deletion'), 'UpdateItem');
  }

  /** What reads and changes contacts one by one. Whoever changes them deletes what is over first. */
  #addContactDoors(): void {
    const { contacts, keyRing } = this.#data;
    const show = this.#add('show-contact');
    keyRing.allowRead(show);
    contacts.allow(show, 'Query');
    const changing = ['put-contact', 'cancel-contact', 'reactivate-contact', 'hold-contact', 'release-contact'];
    for (const capability of changing) {
      const door = this.#add(capability, { companions: this.#schedule() });
      keyRing.allowRead(door);
      contacts.allow(door, 'Query', 'PutItem', 'ConditionCheckItem', 'DeleteItem');
    }
  }

  /** What staff do on behalf of people, and what waits for them. */
  #addStaffDoors(): void {
    const { registry, keyRing } = this.#data;
    const intake = this.#add('take-intake');
    keyRing.allowRead(intake);
    registry.allow(intake, 'PutItem', 'UpdateItem');
    registry.allow(this.#add('list-cases'), 'Scan');
    registry.allow(this.#add('advance-complaint'), 'UpdateItem');
    const counter = this.#add('count-overdue', { memorySize: 512, timeout: Duration.minutes(5) });
    registry.allow(counter, 'Scan');
    const { stage } = this.#config.settings;
    new OverdueComplaints(this, 'OverdueComplaints', { counter, operations: this.#operations, stage });
  }

  /** What the stream sets off: the ledger, the mails, the events. */
  #addFollowUp(): void {
    const { registry, contacts } = this.#data;
    const sources = { Registry: registry, Contacts: contacts };
    const operations = this.#operations;
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

    const dispatch = this.#add('dispatch', { memorySize: 512, companions: this.#schedule() });
    contacts.allow(dispatch, 'PutItem');
    this.#addMail().allowSend(dispatch);
    this.#addTexts()?.allowSend(dispatch);
    bus.allowPublish(dispatch);
    new StreamConsumer(this, 'DispatchStream', { sources, worker: dispatch, failures, operations });
  }

  /** The ledger's writer, which it returns, and its sealer. */
  #addLedger(bus: EventBus): HeedFunction {
    const { ledgerTable, auditTrail, signingKey } = this.#data;
    const { ledger, stage } = this.#config.settings;
    // Nobody waits for either. A writer that loses against another shard's tries again within the minute.
    const calm = { memorySize: 512, timeout: Duration.minutes(1) };
    const writer = this.#add('append-ledger', calm);
    ledgerTable.allow(writer, 'GetItem', 'PutItem', 'Query', 'BatchWriteItem');
    auditTrail.allowAppend(writer);
    bus.allowPublish(writer);

    const sealer = this.#add('seal-ledger', { ...calm, runbook: 'sealing-stopped' });
    ledgerTable.allow(sealer, 'GetItem');
    auditTrail.allowSeal(sealer);
    signingKey.allowSign(sealer);
    const everyMinutes = ledger.sealEveryMinutes;
    new Sealing(this, 'Sealing', { sealer, bus, operations: this.#operations, stage, everyMinutes });
    new CfnOutput(this, OUTPUT.sealFunction, { value: sealer.lambda.functionName });
    return writer;
  }

  #addMail(): MailQueue {
    const { settings, mailDomain } = this.#config;
    const sendMail = this.#add('send-mail', { memorySize: 512 });
    this.#data.keyRing.allowRead(sendMail);
    this.#data.registry.allow(sendMail, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem');
    const sender = new MailSender(this, 'MailSender', { mailDomain, senderAddress: settings.sender.address });
    sender.allowSend(sendMail);
    this.#addFeedback(sender);
    return new MailQueue(this, 'MailQueue', { operations: this.#operations, worker: sendMail });
  }

  /** What SES tells of mails that were sent. */
  #addFeedback({ configurationSet: { configurationSetName } }: MailSender): void {
    const { registry, keyRing } = this.#data;
    const reporter = this.#add('on-mail-reported', { memorySize: 512 });
    keyRing.allowRead(reporter);
    registry.allow(reporter, 'PutItem', 'UpdateItem');
    // The list has no end, and SES gives out a page of it a second.
    const reconciler = this.#add('reconcile-suppression-list', { memorySize: 512, timeout: Duration.minutes(10) });
    keyRing.allowRead(reconciler);
    registry.allow(reconciler, 'BatchGetItem', 'PutItem', 'UpdateItem');
    new MailFeedback(this, 'MailFeedback', { configurationSetName, reporter, reconciler });
  }

  /** What people and mail systems write to the opt-out address. */
  #addInboundMail(): void {
    const { registry, keyRing, inbound } = this.#data;
    const reader = this.#add('on-mail-received', { timeout: Duration.minutes(1) });
    keyRing.allowRead(reader);
    registry.allow(reader, 'PutItem', 'UpdateItem');
    inbound.allowHandle(reader);
    new InboundQueue(this, 'InboundQueue', { operations: this.#operations, worker: reader, inbound });
  }

  /** Only for a stage with numbers of its own. */
  #addTexts(): TextQueue | undefined {
    const { settings } = this.#config;
    if (settings.texts === undefined) return undefined;
    const { registry, keyRing } = this.#data;
    const operations = this.#operations;
    const receiver = this.#add('on-text-received', { memorySize: 512 });
    keyRing.allowRead(receiver);
    registry.allow(receiver, 'PutItem', 'UpdateItem');
    new IncomingTexts(this, 'IncomingTexts', { operations, worker: receiver });
    const sender = this.#add('send-text', { memorySize: 512 });
    registry.allow(sender, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem');
    return new TextQueue(this, 'TextQueue', { operations, worker: sender, numbers: settings.texts.numbers });
  }

  #addSweeper(): void {
    const { registry, contacts, keyRing } = this.#data;
    const { stage, retention } = this.#config.settings;
    // It reads whole tables by pages and has nobody waiting.
    const overrides = { memorySize: 512, timeout: Duration.minutes(5), companions: this.#schedule() };
    const sweeper = this.#add('sweep-expired', overrides);
    registry.allow(sweeper, 'Scan', 'DeleteItem');
    contacts.allow(sweeper, 'Scan', 'Query', 'PutItem', 'ConditionCheckItem', 'DeleteItem');
    keyRing.allowRead(sweeper);
    const afterHours = retention.sweepAfterHours;
    new Sweeping(this, 'Sweeping', { sweeper, operations: this.#operations, stage, afterHours });
    new CfnOutput(this, OUTPUT.sweepFunction, { value: sweeper.lambda.functionName });
  }

  /** What changes contacts apart from single calls: lists, news from other systems, a new schedule. */
  #addContactKeepers(): void {
    const schedule = { companions: this.#schedule() };
    const { contacts, keyRing } = this.#data;
    const changes: TableAction[] = ['Query', 'PutItem', 'ConditionCheckItem', 'DeleteItem'];
    const importer = this.#add('import-cancellations', schedule);
    const listener = this.#add('on-customer-changed', { ...schedule, memorySize: 512 });
    // It goes through the whole table page by page, and its caller waits.
    const rescheduler = this.#add('reschedule-contacts', {
      ...schedule,
      memorySize: 512,
      timeout: Duration.minutes(5),
    });
    for (const keeper of [importer, listener, rescheduler]) {
      keyRing.allowRead(keeper);
      contacts.allow(keeper, ...changes);
    }
    contacts.allow(rescheduler, 'Scan');
    new EventIntake(this, 'EventIntake', { operations: this.#operations, worker: listener, bus: this.#bus });
    new CfnOutput(this, OUTPUT.rescheduleFunction, { value: rescheduler.lambda.functionName });
  }

  /** For functions that go by the retention schedule. */
  #schedule(): Companions {
    return { [SCHEDULE_FILE]: () => JSON.stringify(this.#config.schedule) };
  }

  #serve(): void {
    const { auth, settings } = this.#config;
    const access = machineAccess(this, { auth, stage: settings.stage });
    this.#surface.serve({ routes, functions: this.#functions, access });
    const outputs = { [OUTPUT.apiUrl]: this.#surface.url, [OUTPUT.publicUrl]: this.#publicUrl, ...access.outputs };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }

  #add(capability: string, overrides: Partial<HeedFunctionProps> = {}): HeedFunction {
    const made = new HeedFunction(this, pascalCase(capability), {
      capability,
      settings: this.#config.settings,
      operations: this.#operations,
      environment: { [ENV.publicUrl]: this.#publicUrl },
      ...overrides,
    });
    this.#functions.set(capability, made);
    return made;
  }
}

function pascalCase(capability: string): string {
  return capability.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
