import { formBody, formContent, json, jsonBody, PAGE, PROBLEM, refused, unavailable, unknownLink } from './parts.ts';

/** What people, sites and agents do. */
export const people: Readonly<Record<string, object>> = {
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
};
