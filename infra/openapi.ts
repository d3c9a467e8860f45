import * as z from 'zod';
import { COMPLAINT_STATES } from '../shared/domain/complaint.ts';
import { certificateSchema } from '../shared/domain/contact/certificate.ts';
import { agentRequestAnswerSchema, agentRequestBodySchema } from '../shared/http/schemas/agent-requests.ts';
import { burstListSchema, burstUndoAnswerSchema, burstUndoBodySchema } from '../shared/http/schemas/bursts.ts';
import {
  cancellationLineSchema,
  cancellationsAnswerSchema,
  cancellationsBodySchema,
} from '../shared/http/schemas/cancellations.ts';
import { checkAnswerSchema, checkBodySchema } from '../shared/http/schemas/checks.ts';
import {
  complaintAnswerSchema,
  complaintBodySchema,
  complaintEventAnswerSchema,
  complaintEventBodySchema,
  complaintListSchema,
  denialAnswerSchema,
  denialBodySchema,
  reviewListSchema,
} from '../shared/http/schemas/complaints.ts';
import {
  cancellationAnswerSchema,
  cancellationBodySchema,
  contactAnswerSchema,
  contactBodySchema,
  contactViewSchema,
  holdAnswerSchema,
  holdBodySchema,
  reactivationAnswerSchema,
} from '../shared/http/schemas/contacts.ts';
import { acknowledgementAnswerSchema, acknowledgementBodySchema } from '../shared/http/schemas/deletions.ts';
import { erasureAnswerSchema, erasureBodySchema } from '../shared/http/schemas/erasures.ts';
import { gpcSchema } from '../shared/http/schemas/gpc.ts';
import { healthSchema } from '../shared/http/schemas/health.ts';
import { intakeAnswerSchema, intakeBodySchema } from '../shared/http/schemas/intake.ts';
import { linkAnswerSchema, linkBodySchema, linksAnswerSchema } from '../shared/http/schemas/links.ts';
import { optOutAnswerSchema, optOutBodySchema } from '../shared/http/schemas/opt-outs.ts';
import { problemSchema } from '../shared/http/schemas/problem.ts';
import { senderKeySetSchema } from '../shared/http/schemas/sender-keys.ts';
import { signalAnswerSchema, signalBodySchema } from '../shared/http/schemas/signals.ts';
import { snippetSchema } from '../shared/http/schemas/snippet.ts';
import { OAUTH_SCOPES, SNIPPET_PATH, STAFF_SCOPE } from '../shared/names.ts';
import { type Route, routes } from './routes.ts';

/** What a program sends and gets. */
const bodies = {
  ErasureBody: erasureBodySchema,
  OptOutBody: optOutBodySchema,
  CheckBody: checkBodySchema,
  LinkBody: linkBodySchema,
  CancellationsBody: cancellationsBodySchema,
  CancellationLine: cancellationLineSchema,
  AcknowledgementBody: acknowledgementBodySchema,
  ContactBody: contactBodySchema,
  CancellationBody: cancellationBodySchema,
  HoldBody: holdBodySchema,
  IntakeBody: intakeBodySchema,
  AgentRequestBody: agentRequestBodySchema,
  ComplaintBody: complaintBodySchema,
  ComplaintEventBody: complaintEventBodySchema,
  DenialBody: denialBodySchema,
  SignalBody: signalBodySchema,
  BurstUndoBody: burstUndoBodySchema,
};
const answers = {
  ErasureAnswer: erasureAnswerSchema,
  OptOutAnswer: optOutAnswerSchema,
  CheckAnswer: checkAnswerSchema,
  LinkAnswer: linkAnswerSchema,
  LinksAnswer: linksAnswerSchema,
  IntakeAnswer: intakeAnswerSchema,
  AgentRequestAnswer: agentRequestAnswerSchema,
  ComplaintAnswer: complaintAnswerSchema,
  ComplaintEventAnswer: complaintEventAnswerSchema,
  ComplaintList: complaintListSchema,
  ReviewList: reviewListSchema,
  DenialAnswer: denialAnswerSchema,
  SignalAnswer: signalAnswerSchema,
  GpcStatement: gpcSchema,
  Snippet: snippetSchema,
  BurstList: burstListSchema,
  BurstUndoAnswer: burstUndoAnswerSchema,
  SenderKeySet: senderKeySetSchema,
  CancellationsAnswer: cancellationsAnswerSchema,
  AcknowledgementAnswer: acknowledgementAnswerSchema,
  DeletionCertificate: certificateSchema,
  ContactAnswer: contactAnswerSchema,
  ContactView: contactViewSchema,
  CancellationAnswer: cancellationAnswerSchema,
  ReactivationAnswer: reactivationAnswerSchema,
  HoldAnswer: holdAnswerSchema,
  Health: healthSchema,
  Problem: problemSchema,
};
type SchemaName = keyof typeof bodies | keyof typeof answers;

const PAGE = { 'text/html': { schema: { type: 'string' } } };
const PROBLEM = { 'application/problem+json': { schema: reference('Problem') } };

const unavailable = {
  503: { description: 'The store does not answer. Nothing was done; try again.', content: PROBLEM },
};
const refused = { 400: { description: 'The body is not what this route takes', content: PROBLEM } };
const unauthorised = {
  401: { description: 'No valid bearer token' },
  403: { description: 'The token lacks the scope' },
};

const notFound = { 404: { description: 'There is nothing of this id', content: PROBLEM } };
const unknownContact = {
  404: { description: 'No such contact: it never was, it is over, or it has no class yet', content: PROBLEM },
};
const notStaff = {
  401: { description: 'No valid bearer token' },
  403: { description: 'The token is not of staff', content: PROBLEM },
};

const unknownLink = { 404: { description: 'The same neutral page for every link that opens nothing', content: PAGE } };

/** Bodies and answers of the routes that are no pages. Whatever is not here shows a page. */
const operations: Readonly<Record<string, object>> = {
  'POST /opt-outs': {
    requestBody: formBody(['address', 'email', 'phone', 'scopes', 'site', 'locale']),
    responses: {
      200: { description: 'The opt-out is in force; a page says so', content: PAGE },
      303: { description: "The opt-out is in force; on to the configured site's thank-you page" },
      400: { description: 'The form again, with the error next to the field', content: PAGE },
      503: { description: 'The opt-out was not taken; the page says so', content: PAGE },
    },
  },
  'POST /v1/opt-outs': {
    requestBody: jsonBody('OptOutBody'),
    responses: { 201: json('The opt-out is in force', 'OptOutAnswer'), ...refused, ...unavailable },
  },
  'POST /v1/signals': {
    requestBody: jsonBody('SignalBody'),
    responses: {
      200: json('With the signal: sale and sharing are opted out. Without it: nothing was done', 'SignalAnswer'),
      ...refused,
      ...unavailable,
    },
  },
  'POST /u/{token}': {
    requestBody: { ...formBody(['List-Unsubscribe']), required: false },
    responses: {
      200: { description: 'Unsubscribed; the same on repetition', content: PAGE },
      ...unknownLink,
      503: { description: 'Nothing was done; mailbox providers try again', content: PAGE },
    },
  },
  'POST /p/{token}': {
    requestBody: formBody(['stop', 'pause', 'again']),
    responses: {
      200: { description: 'Stopped or paused, in force; or a mail follows and nothing has changed yet', content: PAGE },
      400: { description: 'Nothing was chosen; nothing has changed', content: PAGE },
      ...unknownLink,
      503: { description: 'Nothing was done; the page says so', content: PAGE },
    },
  },
  'POST /erasures': {
    requestBody: formBody(['address', 'site', 'locale']),
    responses: {
      200: {
        description: 'The same for every address: a mail follows if it can, and nothing is erased yet',
        content: PAGE,
      },
      400: { description: 'The form again, with the error next to the field', content: PAGE },
      503: { description: 'No mail will follow; the page says so', content: PAGE },
    },
  },
  'POST /v1/erasures': {
    requestBody: jsonBody('ErasureBody'),
    responses: { 202: json('A mail asks the owner of the mailbox', 'ErasureAnswer'), ...refused, ...unavailable },
  },
  'POST /e/{token}': {
    responses: {
      200: { description: 'What was erased, and what is kept, why and until when', content: PAGE },
      ...unknownLink,
      503: { description: 'Not all was erased; the same button goes on where it stopped', content: PAGE },
    },
  },
  'POST /preferences': {
    requestBody: formBody(['address', 'site', 'locale']),
    responses: {
      200: { description: 'The same for every address: a mail follows if it can', content: PAGE },
      400: { description: 'The form again, with the error next to the field', content: PAGE },
      503: { description: 'No mail will follow; the page says so', content: PAGE },
    },
  },
  'POST /v1/checks': {
    requestBody: jsonBody('CheckBody'),
    responses: {
      200: json('One result per address, in order', 'CheckAnswer'),
      ...refused,
      ...unauthorised,
      503: { description: 'The store does not answer: treat every address as suppressed', content: PROBLEM },
    },
  },
  'POST /v1/links': {
    requestBody: jsonBody('LinkBody'),
    responses: {
      200: json('`LinkAnswer` for `email`; `LinksAnswer` for `emails`', 'LinkAnswer', 'LinksAnswer'),
      ...refused,
      ...unauthorised,
      ...unavailable,
    },
  },
  'POST /complaints': {
    requestBody: formBody(['address', 'text', 'reference', 'site', 'locale']),
    responses: {
      200: { description: 'The complaint is here; the same for every address', content: PAGE },
      400: { description: 'The form again, with the error next to the field', content: PAGE },
      503: { description: 'The complaint was not taken; the page says so', content: PAGE },
    },
  },
  'POST /v1/complaints': {
    requestBody: jsonBody('ComplaintBody'),
    responses: { 201: json('The complaint is here', 'ComplaintAnswer'), ...refused, ...unavailable },
  },
  'POST /agents': {
    requestBody: {
      required: true,
      content: formContent(['address', 'scopes', 'agent-name', 'agent-email', 'power-of-attorney', 'site', 'locale'], {
        permission: { type: 'string', format: 'binary' },
      }),
    },
    responses: {
      200: { description: 'The opt-out is in force; a page says so, and what came of the file', content: PAGE },
      400: { description: 'The form again, with the error next to the field. Nothing was done', content: PAGE },
      503: { description: 'The opt-out was not taken; the page says so', content: PAGE },
    },
  },
  'POST /v1/agent-requests': {
    requestBody: jsonBody('AgentRequestBody'),
    responses: {
      201: json('The opt-out is in force, whatever came along', 'AgentRequestAnswer'),
      ...refused,
      413: { description: 'The permission is larger than 3 MB. Nothing was done', content: PROBLEM },
      415: { description: 'The permission is no PDF, JPEG or PNG file. Nothing was done', content: PROBLEM },
      ...unavailable,
    },
  },
  'POST /v1/intake': {
    requestBody: jsonBody('IntakeBody'),
    responses: { 201: json('The opt-out is in force', 'IntakeAnswer'), ...refused, ...notStaff, ...unavailable },
  },
  'GET /v1/complaints': {
    parameters: [
      queryParameter('state', COMPLAINT_STATES, 'Only complaints that stand there'),
      queryParameter('overdue', ['true', 'false'], 'Only complaints that wait past their last day, or only others'),
    ],
    responses: { 200: json('For staff only', 'ComplaintList'), ...refused, ...notStaff, ...unavailable },
  },
  'POST /v1/complaints/{id}/events': {
    parameters: [caseId('From the list of complaints')],
    requestBody: jsonBody('ComplaintEventBody'),
    responses: {
      200: json('Noted', 'ComplaintEventAnswer'),
      ...refused,
      ...notStaff,
      404: { description: 'There is no such complaint', content: PROBLEM },
      409: { description: 'The complaint is not where this can happen; nothing was noted', content: PROBLEM },
      ...unavailable,
    },
  },
  'POST /v1/requests/{id}/denial': {
    parameters: [caseId('From the list of what waits for a person')],
    requestBody: jsonBody('DenialBody'),
    responses: {
      200: json('Noted; the same on repetition. What was stopped stays stopped', 'DenialAnswer'),
      ...refused,
      ...notStaff,
      404: { description: 'There is no such request', content: PROBLEM },
      409: {
        description: 'Not a basis to deny this request on, or denied before. Nothing was noted',
        content: PROBLEM,
      },
      ...unavailable,
    },
  },
  'GET /v1/reviews': {
    responses: { 200: json('For staff only', 'ReviewList'), ...notStaff, ...unavailable },
  },
  'GET /v1/bursts': {
    responses: { 200: json('For staff only: those of the last days', 'BurstList'), ...notStaff, ...unavailable },
  },
  'POST /v1/bursts/{id}/undo': {
    parameters: [
      { name: 'id', in: 'path', required: true, description: 'From the list of bursts', schema: { type: 'string' } },
    ],
    requestBody: jsonBody('BurstUndoBody'),
    responses: {
      200: json('What became of it; send it again while people are left', 'BurstUndoAnswer'),
      ...refused,
      ...notStaff,
      404: { description: 'There is no such burst within the last days', content: PROBLEM },
      ...unavailable,
    },
  },
  'GET /.well-known/heed-sender-keys.json': {
    responses: { 200: json('A JWK set. May be kept for an hour', 'SenderKeySet'), ...unavailable },
  },
  'POST /v1/cancellations': {
    requestBody: {
      required: true,
      content: {
        ...jsonBody('CancellationsBody').content,
        // Each line is one of these; OpenAPI 3.1 has no word for that.
        'application/x-ndjson': { schema: reference('CancellationLine') },
        'text/csv': {
          schema: { type: 'string', description: 'One in each line below contactId,cancelledAt,reason,contractEndsAt' },
        },
      },
    },
    responses: {
      200: json('Every line was tried; what became of each', 'CancellationsAnswer'),
      ...refused,
      ...unauthorised,
      413: { description: 'More than 1,000 lines. Nothing was done', content: PROBLEM },
      ...unavailable,
    },
  },
  'GET /v1/contacts/{id}/deletion-certificate': {
    responses: {
      200: json('The certificate; `npx heed verify-certificate` checks it offline', 'DeletionCertificate'),
      ...unauthorised,
      ...notFound,
      ...unavailable,
    },
  },
  'POST /v1/deletions/{deletionId}/acknowledgements': {
    requestBody: jsonBody('AcknowledgementBody'),
    responses: {
      200: json('Noted; the same on repetition', 'AcknowledgementAnswer'),
      ...refused,
      ...unauthorised,
      ...notFound,
      ...unavailable,
    },
  },
  'PUT /v1/contacts/{id}': {
    requestBody: jsonBody('ContactBody'),
    responses: {
      200: json('The contact was there, and is written', 'ContactAnswer'),
      201: json('The contact is new', 'ContactAnswer'),
      ...refused,
      ...unauthorised,
      413: { description: 'The body is larger than 32 kB. Nothing was written', content: PROBLEM },
      ...unavailable,
    },
  },
  'GET /v1/contacts/{id}': {
    responses: {
      200: json('The contact', 'ContactView'),
      ...refused,
      ...unauthorised,
      ...unknownContact,
      ...unavailable,
    },
  },
  'POST /v1/contacts/{id}/cancellation': {
    requestBody: jsonBody('CancellationBody'),
    responses: {
      200: json('What became of it, and when each class ends', 'CancellationAnswer'),
      ...refused,
      ...unauthorised,
      ...unknownContact,
      ...unavailable,
    },
  },
  'DELETE /v1/contacts/{id}/cancellation': {
    responses: {
      200: json('What became of it; no class has an end now, but for what was erased', 'ReactivationAnswer'),
      ...refused,
      ...unauthorised,
      ...unknownContact,
      ...unavailable,
    },
  },
  'PUT /v1/contacts/{id}/holds/{holdId}': {
    requestBody: jsonBody('HoldBody'),
    responses: {
      200: json('The hold stands; no class is deleted while it does', 'HoldAnswer'),
      ...refused,
      ...unauthorised,
      ...unknownContact,
      409: { description: 'The contact has too many holds', content: PROBLEM },
      ...unavailable,
    },
  },
  'DELETE /v1/contacts/{id}/holds/{holdId}': {
    responses: {
      200: json('The hold is lifted; the ends that are due again', 'HoldAnswer'),
      ...refused,
      ...unauthorised,
      404: { description: 'No such contact, or no such hold', content: PROBLEM },
      ...unavailable,
    },
  },
  'GET /.well-known/gpc.json': {
    responses: { 200: json('The GPC support resource', 'GpcStatement') },
  },
  'GET /.well-known/security.txt': { responses: { 200: text('Contact and end (RFC 9116)', 'text/plain') } },
  'GET /optout.json': { responses: { 200: json('What a site puts into its script element', 'Snippet') } },
  [`GET ${SNIPPET_PATH}`]: { responses: { 200: text('The same for good', 'text/javascript') } },
  'GET /health': { responses: { 200: json('The store answers', 'Health'), ...unavailable } },
  'GET /ropa.json': {
    responses: {
      200: {
        description:
          'Controller, activities with purpose, basis, people, data, recipients and end, transfers, security',
        content: { 'application/json': { schema: { type: 'object' } } },
      },
      ...unauthorised,
    },
  },
  'GET /openapi.json': {
    responses: {
      200: { description: 'This document', content: { 'application/json': { schema: { type: 'object' } } } },
    },
  },
};

/** The HTTP surface as OpenAPI 3.1, made from the routes and from the schemas that parse. */
export function openApiDocument(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const operationsOfPath = paths[route.path] ?? {};
    operationsOfPath[route.method.toLowerCase()] = operationOf(route);
    paths[route.path] = operationsOfPath;
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Heed',
      version: '1',
      description: 'Opt-outs, honoured at once. An accepted opt-out is in force when the answer arrives.',
    },
    paths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: { machine: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

function operationOf(route: Route): object {
  const { method, path, summary } = route;
  return {
    operationId: operationId(route),
    summary,
    ...access(route),
    ...parametersOf(path),
    ...(method === 'HEAD' ? { responses: { 200: { description: 'As GET, without a body' } } } : contract(method, path)),
  };
}

// A person's token shows the group instead of the scope.
function access({ scope, group }: Route): object {
  const needed = group === undefined ? scope : STAFF_SCOPE;
  return needed === undefined
    ? { security: [] }
    : { security: [{ machine: [needed] }], description: OAUTH_SCOPES[needed] };
}

function contract(method: string, path: string): object {
  const page = { 200: { description: 'A page', content: PAGE }, ...(path.includes('{token}') ? unknownLink : {}) };
  return operations[`${method} ${path}`] ?? { responses: page };
}

/** `POST /v1/opt-outs` is `postV1OptOuts`. */
function operationId({ method, path }: Route): string {
  const words = path.match(/[a-z0-9]+/g) ?? ['root'];
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** What stands in a path's places. */
const PLACES: Readonly<Record<string, string>> = {
  token: 'From a link that Heed handed out',
  id: 'Id that the business gave its customer; never an address',
  deletionId: 'From the event contact.class.expired',
  holdId: 'Id of the hold, chosen by whoever places it',
};

function parametersOf(path: string) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const parameters = names.map((name) => {
    const description = PLACES[name];
    if (description === undefined) throw new Error(`The place ${name} of a path is not described`);
    return { name, in: 'path', required: true, description, schema: { type: 'string' } };
  });
  return parameters.length === 0 ? {} : { parameters };
}

function caseId(description: string) {
  return { name: 'id', in: 'path', required: true, description, schema: { type: 'string' } };
}

function queryParameter(name: string, values: readonly string[], description: string) {
  return { name, in: 'query', required: false, description, schema: { type: 'string', enum: values } };
}

function formBody(fields: readonly string[]) {
  return { required: true, content: formContent(fields) };
}

/** Fields with text, and files: only a multipart form brings those. */
function formContent(fields: readonly string[], files: Readonly<Record<string, object>> = {}) {
  const properties = Object.fromEntries(fields.map((field) => [field, { type: 'string' }]));
  return {
    'application/x-www-form-urlencoded': { schema: { type: 'object', properties } },
    'multipart/form-data': { schema: { type: 'object', properties: { ...properties, ...files } } },
  };
}

function jsonBody(name: SchemaName) {
  return { required: true, content: { 'application/json': { schema: reference(name) } } };
}

function json(description: string, ...names: readonly [SchemaName, ...SchemaName[]]) {
  const [only, ...others] = names;
  const schema = others.length === 0 ? reference(only) : { oneOf: names.map(reference) };
  return { description, content: { 'application/json': { schema } } };
}

function text(description: string, type: string) {
  return { description, content: { [type]: { schema: { type: 'string' } } } };
}

function reference(name: SchemaName) {
  return { $ref: `#/components/schemas/${name}` };
}

function componentSchemas(): object {
  const written = Object.entries({ ...bodies, ...answers }).map(([name, schema]) => {
    // A component has no `$schema` of its own: OpenAPI 3.1 is JSON Schema 2020-12 throughout.
    const { $schema: _, ...component } = z.toJSONSchema(schema, { io: name in bodies ? 'input' : 'output' });
    return [name, component];
  });
  return Object.fromEntries(written);
}
