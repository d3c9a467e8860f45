import { reference } from './components.ts';
import { json, jsonBody, notFound, PROBLEM, refused, unauthorised, unavailable, unknownContact } from './parts.ts';

/** Customers' data under their clocks. */
export const contacts: Readonly<Record<string, object>> = {
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
};
