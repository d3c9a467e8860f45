import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { GPC_FILE, OUTPUT, SNIPPET_FILE } from '../shared/names.ts';
import { HttpSurface } from './constructs/http-surface.ts';
import { machineAccess } from './constructs/machine-access.ts';
import { Operations } from './constructs/operations.ts';
import type { TableAction } from './constructs/retained-table.ts';
import { FunctionStack, type FunctionStackProps } from './function-stack.ts';
import { openApiDocument } from './openapi.ts';
import { routes } from './routes.ts';
import { snippet } from './snippet.ts';
import { gpcStatement, noticeFile, securityFile } from './statements.ts';
import { writtenRopa } from './written-ropa.ts';

/** All that changes a contact first deletes what of it is over. */
export const CONTACT_CHANGES: readonly TableAction[] = ['Query', 'PutItem', 'ConditionCheckItem', 'DeleteItem'];

/** What answers over HTTP. */
export class ServiceStack extends FunctionStack {
  readonly operations: Operations;
  readonly publicUrl: string;
  readonly #surface: HttpSurface;

  constructor(scope: Construct, id: string, props: FunctionStackProps) {
    super(scope, id, { description: 'Heed: the API and what answers it', ...props });
    const { settings, logRetentionDays, publicUrl } = this.config;
    this.operations = new Operations(this, 'Operations', { logRetentionDays });
    const origins = settings.sites.map(({ origin }) => origin);
    this.#surface = new HttpSurface(this, 'Http', { origins, operations: this.operations });
    this.publicUrl = publicUrl ?? this.#surface.url;
    this.#addPages();
    this.#addActions();
    this.#addMachineDoors();
    this.#addContactDoors();
    this.#addStaffDoors();
    this.#serve();
  }

  /** Everything that answers GET. None of these may be allowed to write anything. */
  #addPages(): void {
    const { registry, contacts, keyRing, ledgerTable, auditTrail } = this.data;
    this.add('show-form');
    keyRing.allowRead(this.add('show-unsubscribe'));
    registry.allow(this.add('show-confirmation'), 'GetItem');
    const preferences = this.add('show-preferences');
    keyRing.allowRead(preferences);
    registry.allow(preferences, 'GetItem');
    const receipt = this.add('show-receipt');
    keyRing.allowRead(receipt);
    registry.allow(receipt, 'GetItem');
    ledgerTable.allow(receipt, 'GetItem');
    auditTrail.allowProve(receipt);
    const certificate = this.add('show-deletion-certificate');
    keyRing.allowRead(certificate);
    contacts.allow(certificate, 'Query');
    ledgerTable.allow(certificate, 'GetItem');
    auditTrail.allowProve(certificate);
    registry.allow(this.add('show-erasure'), 'GetItem');
    registry.allow(this.add('report-health'), 'GetItem');
    keyRing.allowRead(this.add('show-sender-keys'));
    this.add('show-ropa', { companions: { 'ropa.json': () => JSON.stringify(writtenRopa(this.config)) } });
    this.#addStatements();
    this.add('show-openapi', { companions: { 'openapi.json': () => JSON.stringify(openApiDocument()) } });
  }

  /** What the stage states to the public. */
  #addStatements(): void {
    const { statements } = this.config;
    this.add('show-privacy', { companions: { ...noticeFile(statements), ...this.schedule() } });
    this.add('show-statement', {
      companions: { ...securityFile(statements), [GPC_FILE]: () => gpcStatement(statements) },
    });
    this.add('show-snippet', { companions: { [SNIPPET_FILE]: snippet } });
  }

  #addActions(): void {
    const { registry, keyRing, intake } = this.data;
    for (const capability of ['submit-opt-out', 'unsubscribe', 'change-preferences', 'honour-signal']) {
      const action = this.add(capability);
      keyRing.allowRead(action);
      registry.allow(action, 'PutItem', 'UpdateItem');
    }
    const order = this.add('order-preferences-link');
    keyRing.allowRead(order);
    registry.allow(order, 'PutItem');
    const complaint = this.add('take-complaint');
    keyRing.allowRead(complaint);
    registry.allow(complaint, 'PutItem');
    const agents = this.add('take-agent-request');
    keyRing.allowRead(agents);
    registry.allow(agents, 'PutItem', 'UpdateItem');
    intake.allowKeep(agents);
    registry.allow(this.add('confirm'), 'GetItem', 'PutItem', 'UpdateItem');
    this.#addErasure();
  }

  #addErasure(): void {
    const { registry, contacts, keyRing } = this.data;
    const ask = this.add('request-erasure');
    keyRing.allowRead(ask);
    registry.allow(ask, 'PutItem');
    const erase = this.add('confirm-erasure', { companions: this.schedule() });
    keyRing.allowRead(erase);
    registry.allow(erase, 'GetItem', 'Query', 'UpdateItem');
    contacts.allow(erase, ...CONTACT_CHANGES);
  }

  #addMachineDoors(): void {
    const { registry, contacts, keyRing } = this.data;
    const check = this.add('check-suppression');
    keyRing.allowRead(check);
    registry.allow(check, 'GetItem', 'BatchGetItem');
    keyRing.allowRead(this.add('mint-link'));
    contacts.allow(this.add('acknowledge-deletion'), 'UpdateItem');
  }

  /** What reads and changes contacts. */
  #addContactDoors(): void {
    const { contacts, keyRing } = this.data;
    const show = this.add('show-contact');
    keyRing.allowRead(show);
    contacts.allow(show, 'Query');
    const changes = ['put-contact', 'cancel-contact', 'reactivate-contact', 'hold-contact', 'release-contact'];
    for (const capability of [...changes, 'import-cancellations']) {
      const door = this.add(capability, { companions: this.schedule() });
      keyRing.allowRead(door);
      contacts.allow(door, ...CONTACT_CHANGES);
    }
  }

  /** What staff do on behalf of people, and what waits for them. */
  #addStaffDoors(): void {
    const { registry, keyRing } = this.data;
    const intake = this.add('take-intake');
    keyRing.allowRead(intake);
    registry.allow(intake, 'PutItem', 'UpdateItem');
    registry.allow(this.add('list-cases'), 'Scan');
    registry.allow(this.add('advance-case'), 'GetItem', 'UpdateItem');
    const undo = this.add('undo-burst');
    keyRing.allowRead(undo);
    registry.allow(undo, 'Scan', 'Query', 'PutItem', 'UpdateItem');
  }

  #serve(): void {
    const { auth, settings } = this.config;
    const access = machineAccess(this, { auth, stage: settings.stage });
    this.#surface.serve({ routes, functions: this.functions, access });
    const outputs = { [OUTPUT.apiUrl]: this.#surface.url, [OUTPUT.publicUrl]: this.publicUrl, ...access.outputs };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
