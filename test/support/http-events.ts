import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import withJwt from '../fixtures/aws-events/apigw-v2-request-jwt-authorizer.json' with { type: 'json' };
import plain from '../fixtures/aws-events/apigw-v2-request-no-authorizer.json' with { type: 'json' };

/** What differs between requests; everything else is as AWS sends it. */
export interface EventParts {
  token?: string;
  /** Values of the path's other places. */
  params?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string | Buffer;
  contentType?: string;
  /** OAuth scopes of the bearer token that the gateway has checked. */
  scopes?: string[];
  /** Whom that token names. */
  actor?: string;
  /** Claims of that token. */
  claims?: Record<string, string>;
  /** IP address of the client. */
  clientAddress?: string;
}

/**
 * One request as HTTP API v2 hands it to Lambda. `route` as in `infra/routes.ts`: `POST /u/{token}`.
 * Bodies come Base64-encoded unless they are text, JSON, XML or JavaScript (RF-03); names of headers come in lower case.
 */
export function httpEvent(route: string, parts: EventParts = {}): APIGatewayProxyEventV2 {
  const [method = 'GET', template = '/'] = route.split(' ');
  const { query = {}, actor, claims = actor === undefined ? undefined : { sub: actor } } = parts;
  const scopes = parts.scopes ?? (claims && []);
  const places = { ...(parts.token === undefined ? {} : { token: parts.token }), ...parts.params };
  const rawPath = template.replace(/\{(\w+)\}/g, (_, name: keyof typeof places) => places[name] ?? '');
  const base = structuredClone(scopes === undefined ? plain : withJwt) as unknown as APIGatewayProxyEventV2;
  const { http, ...context } = base.requestContext;
  return {
    ...base,
    routeKey: route,
    rawPath,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: { ...plain.headers, ...lowerCaseNames(parts.headers), ...typeHeader(parts.contentType) },
    queryStringParameters: query,
    ...(Object.keys(places).length === 0 ? {} : { pathParameters: places }),
    requestContext: {
      ...context,
      routeKey: route,
      http: { ...http, method, path: rawPath, ...(parts.clientAddress && { sourceIp: parts.clientAddress }) },
      ...(scopes && { authorizer: { jwt: { claims: claims ?? {}, scopes } } }),
    },
    ...bodyOf(parts),
  };
}

/** A form as browsers post it: `application/x-www-form-urlencoded`. */
export function formEvent(
  route: string,
  fields: Record<string, string> | [string, string][],
  parts: EventParts = {},
): APIGatewayProxyEventV2 {
  const body = new URLSearchParams(fields).toString();
  return httpEvent(route, { contentType: 'application/x-www-form-urlencoded', ...parts, body });
}

/** A form as `multipart/form-data` (RFC 7578). */
export function multipartEvent(
  route: string,
  fields: Record<string, string>,
  { boundary = '----FormBoundary7MA4YWxk', ...parts }: EventParts & { boundary?: string } = {},
): APIGatewayProxyEventV2 {
  const contentType = `multipart/form-data; boundary=${boundary}`;
  return httpEvent(route, { ...parts, contentType, body: multipartBody(fields, boundary) });
}

export function multipartBody(fields: Record<string, string>, boundary: string): string {
  const sections = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${sections.join('')}--${boundary}--\r\n`;
}

/** A form with files, each under the name of its field, as browsers post it. */
export function fileFormEvent(
  route: string,
  fields: Record<string, string>,
  files: readonly { field: string; bytes: Uint8Array; name?: string }[],
): APIGatewayProxyEventV2 {
  const boundary = '----FormBoundary7MA4YWxk';
  const parts = files.flatMap(({ field, bytes, name = 'permission' }) => [
    `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\n`,
    'Content-Type: application/octet-stream\r\n\r\n',
    bytes,
    '\r\n',
  ]);
  const body = Buffer.concat([...parts, multipartBody(fields, boundary)].map((part) => Buffer.from(part)));
  return httpEvent(route, { contentType: `multipart/form-data; boundary=${boundary}`, body });
}

export function jsonEvent(route: string, body: unknown, parts: EventParts = {}): APIGatewayProxyEventV2 {
  return httpEvent(route, { contentType: 'application/json', ...parts, body: JSON.stringify(body) });
}

/** A Lambda context; handlers get one and use nothing of it. */
export const testContext = { awsRequestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef' } as Context;

// `text/*`, JSON, XML and JavaScript arrive as they are, everything else Base64-encoded (AG-03).
const PLAIN_TYPE = /^(text\/|application\/([a-z.-]+\+)?(json|xml|javascript)\b)/i;

function bodyOf({ body, contentType = '' }: EventParts): Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'> {
  if (body === undefined) return { isBase64Encoded: false };
  const isBase64Encoded = !PLAIN_TYPE.test(contentType);
  return { body: Buffer.from(body).toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded };
}

function typeHeader(contentType: string | undefined): Record<string, string> {
  return contentType === undefined ? {} : { 'content-type': contentType };
}

function lowerCaseNames(headers: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
