import { reference, type SchemaName } from './components.ts';

export const PAGE = { 'text/html': { schema: { type: 'string' } } };
export const PROBLEM = { 'application/problem+json': { schema: reference('Problem') } };

export const unavailable = {
  503: { description: 'The store does not answer. Nothing was done; try again.', content: PROBLEM },
};
export const refused = { 400: { description: 'The body is not what this route takes', content: PROBLEM } };
export const unauthorised = {
  401: { description: 'No valid bearer token' },
  403: { description: 'The token lacks the scope' },
};

export const notFound = { 404: { description: 'There is nothing of this id', content: PROBLEM } };
export const unknownContact = {
  404: { description: 'No such contact: it never was, it is over, or it has no class yet', content: PROBLEM },
};
export const notStaff = {
  401: { description: 'No valid bearer token' },
  403: { description: 'The token is not of staff', content: PROBLEM },
};

export const unknownLink = {
  404: { description: 'The same neutral page for every link that opens nothing', content: PAGE },
};

export function caseId(description: string) {
  return { name: 'id', in: 'path', required: true, description, schema: { type: 'string' } };
}

export function queryParameter(name: string, values: readonly string[], description: string) {
  return { name, in: 'query', required: false, description, schema: { type: 'string', enum: values } };
}

export function formBody(fields: readonly string[]) {
  return { required: true, content: formContent(fields) };
}

/** Fields with text, and files: only a multipart form brings those. */
export function formContent(fields: readonly string[], files: Readonly<Record<string, object>> = {}) {
  const properties = Object.fromEntries(fields.map((field) => [field, { type: 'string' }]));
  return {
    'application/x-www-form-urlencoded': { schema: { type: 'object', properties } },
    'multipart/form-data': { schema: { type: 'object', properties: { ...properties, ...files } } },
  };
}

export function jsonBody(name: SchemaName) {
  return { required: true, content: { 'application/json': { schema: reference(name) } } };
}

export function json(description: string, ...names: readonly [SchemaName, ...SchemaName[]]) {
  const [only, ...others] = names;
  const schema = others.length === 0 ? reference(only) : { oneOf: names.map(reference) };
  return { description, content: { 'application/json': { schema } } };
}

export function text(description: string, type: string) {
  return { description, content: { [type]: { schema: { type: 'string' } } } };
}
