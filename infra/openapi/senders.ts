import { json, jsonBody, PROBLEM, refused, unauthorised, unavailable } from './parts.ts';

/** What senders ask before they send. */
export const senders: Readonly<Record<string, object>> = {
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
  'GET /.well-known/heed-sender-keys.json': {
    responses: { 200: json('A JWK set. May be kept for an hour', 'SenderKeySet'), ...unavailable },
  },
};
