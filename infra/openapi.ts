import { OAUTH_SCOPES, STAFF_SCOPE } from '../shared/names.ts';
import { componentSchemas } from './openapi/components.ts';
import { contacts } from './openapi/contacts.ts';
import { PAGE, unknownLink } from './openapi/parts.ts';
import { people } from './openapi/people.ts';
import { senders } from './openapi/senders.ts';
import { staff } from './openapi/staff.ts';
import { statements } from './openapi/statements.ts';
import { type Route, routes } from './routes.ts';

/** Bodies and answers of the routes that are no pages. Whatever is not here shows a page. */
const operations: Readonly<Record<string, object>> = { ...people, ...senders, ...staff, ...contacts, ...statements };

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
