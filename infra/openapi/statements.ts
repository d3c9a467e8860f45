import { SNIPPET_PATH } from '../../shared/names.ts';
import { json, text, unauthorised, unavailable } from './parts.ts';

/** What is stated to everybody, and to machines. */
export const statements: Readonly<Record<string, object>> = {
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
