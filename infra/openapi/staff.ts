import { COMPLAINT_STATES } from '../../shared/domain/complaint.ts';
import { caseId, json, jsonBody, notStaff, PROBLEM, queryParameter, refused, unavailable } from './parts.ts';

/** What staff do on behalf of people. */
export const staff: Readonly<Record<string, object>> = {
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
};
