import { type OAuthScope, SNIPPET_PATH, STAFF_GROUP } from '../shared/names.ts';

/** Requests a second that one route takes over all callers (token bucket of the HTTP API's stage). */
interface Throttle {
  ratePerSecond: number;
  burst: number;
}

/** One line of the HTTP surface. */
export interface Route {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  /** Folder under `functions/` whose handler answers. */
  capability: string;
  /** Absent: public. A machine needs a bearer token with this scope. */
  scope?: OAuthScope;
  /** A person, or a program of theirs: the gateway checks the token, the door that it is of staff (`shared/http/staff.ts`). */
  group?: typeof STAFF_GROUP;
  throttle: Throttle;
  summary: string;
}

const PAGE: Throttle = { ratePerSecond: 50, burst: 100 };
const WRITE: Throttle = { ratePerSecond: 50, burst: 100 };
// A newsletter to a million people brings its unsubscribes in minutes: the button is never the bottleneck.
const ONE_CLICK: Throttle = { ratePerSecond: 200, burst: 400 };
// Each may bring a file that is kept, and anybody may post.
const UPLOAD: Throttle = { ratePerSecond: 5, burst: 10 };
// People at desks.
const STAFF: Throttle = { ratePerSecond: 10, burst: 20 };
// Sites may tell of the signal with every visit.
const SIGNAL: Throttle = { ratePerSecond: 200, burst: 400 };
const MACHINE: Throttle = { ratePerSecond: 500, burst: 1000 };
// A thousand contacts each: more calls at once would only wait for the store.
const BATCH: Throttle = { ratePerSecond: 5, burst: 10 };

/** The whole HTTP surface: read by the API construct, the OpenAPI document and the tests. */
export const routes: readonly Route[] = [
  ...page('/', 'show-form', 'The opt-out form'),
  ...page('/privacy', 'show-privacy', 'The privacy notice'),
  { method: 'POST', path: '/opt-outs', capability: 'submit-opt-out', throttle: WRITE, summary: 'Opt out by form' },
  { method: 'POST', path: '/v1/opt-outs', capability: 'submit-opt-out', throttle: WRITE, summary: 'Opt out by JSON' },
  {
    method: 'POST',
    path: '/v1/signals',
    capability: 'honour-signal',
    throttle: SIGNAL,
    summary: 'Opt out of sale and sharing by Global Privacy Control',
  },
  ...page('/u/{token}', 'show-unsubscribe', 'One button that unsubscribes'),
  {
    method: 'POST',
    path: '/u/{token}',
    capability: 'unsubscribe',
    throttle: ONE_CLICK,
    summary: 'Unsubscribe (RFC 8058 one-click, and the page)',
  },
  ...page('/c/{token}', 'show-confirmation', 'One button that confirms or undoes'),
  {
    method: 'POST',
    path: '/c/{token}',
    capability: 'confirm',
    throttle: WRITE,
    summary: 'Confirm the mailbox, or opt back in',
  },
  ...page('/p/{token}', 'show-preferences', 'All choices of one address'),
  {
    method: 'POST',
    path: '/p/{token}',
    capability: 'change-preferences',
    throttle: WRITE,
    summary: 'Stop at once, pause, or ask for the mail by which something is allowed again',
  },
  ...page('/erasures', 'show-form', "A form for the erasure of one's data"),
  {
    method: 'POST',
    path: '/erasures',
    capability: 'request-erasure',
    throttle: WRITE,
    summary: 'Ask for erasure by form',
  },
  {
    method: 'POST',
    path: '/v1/erasures',
    capability: 'request-erasure',
    throttle: WRITE,
    summary: 'Ask for erasure by JSON',
  },
  ...page('/e/{token}', 'show-erasure', 'One button that erases'),
  { method: 'POST', path: '/e/{token}', capability: 'confirm-erasure', throttle: WRITE, summary: 'Erase' },
  ...page('/preferences', 'show-form', 'A form for a link to all choices'),
  {
    method: 'POST',
    path: '/preferences',
    capability: 'order-preferences-link',
    throttle: WRITE,
    summary: 'Ask for a link to all choices by mail',
  },
  ...page('/complaints', 'show-form', 'A form to complain'),
  { method: 'POST', path: '/complaints', capability: 'take-complaint', throttle: WRITE, summary: 'Complain by form' },
  {
    method: 'POST',
    path: '/v1/complaints',
    capability: 'take-complaint',
    throttle: WRITE,
    summary: 'Complain by JSON',
  },
  ...page('/agents', 'show-form', 'A form for authorised agents'),
  {
    method: 'POST',
    path: '/agents',
    capability: 'take-agent-request',
    throttle: UPLOAD,
    summary: 'Opt a consumer out as their agent, by form',
  },
  {
    method: 'POST',
    path: '/v1/agent-requests',
    capability: 'take-agent-request',
    throttle: UPLOAD,
    summary: 'Opt a consumer out as their agent, by JSON',
  },
  ...page('/r/{token}', 'show-receipt', 'The receipt of an opt-out'),
  {
    method: 'POST',
    path: '/v1/checks',
    capability: 'check-suppression',
    scope: 'checks:read',
    throttle: MACHINE,
    summary: 'May these addresses be written to?',
  },
  {
    method: 'POST',
    path: '/v1/links',
    capability: 'mint-link',
    scope: 'links:write',
    throttle: MACHINE,
    summary: 'Unsubscribe links, headers and footers for mails',
  },
  ...staff([
    ['POST', '/v1/intake', 'take-intake', 'Opt somebody out who called, wrote, came by or sent an agent'],
    ['GET', '/v1/complaints', 'list-cases', 'Complaints, the most pressing first'],
    ['POST', '/v1/complaints/{id}/events', 'advance-case', 'What was done about a complaint, and told'],
    ['GET', '/v1/reviews', 'list-cases', 'Mails and opt-outs that wait for a person'],
    ['POST', '/v1/requests/{id}/denial', 'advance-case', 'Deny an opt-out, with evidence; it stays in force'],
    ['GET', '/v1/bursts', 'list-cases', 'Buttons that a program seems to have pressed'],
    ['POST', '/v1/bursts/{id}/undo', 'undo-burst', 'Put back what a program stopped'],
  ]),
  ...page('/.well-known/heed-sender-keys.json', 'show-sender-keys', 'Public keys to mint links with offline'),
  {
    method: 'POST',
    path: '/v1/cancellations',
    capability: 'import-cancellations',
    scope: 'contacts:write',
    throttle: BATCH,
    summary: 'Cancel up to 1,000 contacts',
  },
  ...page(
    '/v1/contacts/{id}/deletion-certificate',
    'show-deletion-certificate',
    'What was deleted of a contact, with proofs',
    'contacts:read',
  ),
  {
    method: 'POST',
    path: '/v1/deletions/{deletionId}/acknowledgements',
    capability: 'acknowledge-deletion',
    scope: 'deletions:write',
    throttle: MACHINE,
    summary: 'A system says that it has followed a deletion',
  },
  {
    method: 'PUT',
    path: '/v1/contacts/{id}',
    capability: 'put-contact',
    scope: 'contacts:write',
    throttle: MACHINE,
    summary: 'Write a contact and classes of its data',
  },
  ...page('/v1/contacts/{id}', 'show-contact', 'A contact and when its data end', 'contacts:read'),
  {
    method: 'POST',
    path: '/v1/contacts/{id}/cancellation',
    capability: 'cancel-contact',
    scope: 'contacts:write',
    throttle: MACHINE,
    summary: 'The customer cancelled: every clock starts',
  },
  {
    method: 'DELETE',
    path: '/v1/contacts/{id}/cancellation',
    capability: 'reactivate-contact',
    scope: 'contacts:write',
    throttle: MACHINE,
    summary: 'The customer came back: every clock stops',
  },
  {
    method: 'PUT',
    path: '/v1/contacts/{id}/holds/{holdId}',
    capability: 'hold-contact',
    scope: 'holds:write',
    throttle: WRITE,
    summary: 'Place a legal hold: nothing is deleted',
  },
  {
    method: 'DELETE',
    path: '/v1/contacts/{id}/holds/{holdId}',
    capability: 'release-contact',
    scope: 'holds:write',
    throttle: WRITE,
    summary: 'Release a legal hold',
  },
  ...page('/.well-known/gpc.json', 'show-statement', 'That Global Privacy Control is honoured'),
  ...page('/.well-known/security.txt', 'show-statement', 'Where to report weaknesses (RFC 9116)'),
  ...page(SNIPPET_PATH, 'show-snippet', 'The snippet for pages of sites'),
  ...page('/optout.json', 'show-snippet', 'Where sites load the snippet from, and its hash'),
  ...page('/health', 'report-health', 'Whether the store answers'),
  ...page('/openapi.json', 'show-openapi', 'This interface as OpenAPI 3.1'),
  ...page('/ropa.json', 'show-ropa', 'The record of processing activities (GDPR Art. 30)', 'contacts:read'),
];

// API Gateway answers 404 to HEAD on a route that only declares GET, and mail scanners send HEAD first.
function page(path: string, capability: string, summary: string, scope?: OAuthScope): Route[] {
  const access = scope === undefined ? {} : { scope };
  return (['GET', 'HEAD'] as const).map((method) => ({ method, path, capability, ...access, throttle: PAGE, summary }));
}

function staff(lines: [Route['method'], path: string, capability: string, summary: string][]): Route[] {
  return lines.map(([method, path, capability, summary]) => ({
    method,
    path,
    capability,
    group: STAFF_GROUP,
    throttle: STAFF,
    summary,
  }));
}
