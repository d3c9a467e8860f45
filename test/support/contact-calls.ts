import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { RunningHeed } from './fake-aws/running-heed.ts';
import { httpEvent, jsonEvent } from './http-events.ts';

/** Whom the access token of these calls names. */
export const ACTOR = 'staff-7';

/** A customer as a business writes it. */
export const CUSTOMER = {
  identifiers: [{ email: 'Jo@Example.org' }, { phone: '+49 170 1234567' }],
  classes: {
    account: { data: { tier: 'gold' } },
    billing: { references: [{ system: 'erp', reference: '4711' }] },
  },
};

/** The interface to contacts over real handlers, as a program calls it. */
export function contactCalls(heed: RunningHeed, id = 'c-1') {
  const parts = (params: Record<string, string> = {}) => ({ params: { id, ...params }, scopes: ['any'], actor: ACTOR });
  return {
    put: (body: unknown) => heed.http('put-contact', jsonEvent('PUT /v1/contacts/{id}', body, parts())),
    show: () => heed.http('show-contact', httpEvent('GET /v1/contacts/{id}', parts())),
    cancel: (body: unknown) =>
      heed.http('cancel-contact', jsonEvent('POST /v1/contacts/{id}/cancellation', body, parts())),
    reactivate: () => heed.http('reactivate-contact', httpEvent('DELETE /v1/contacts/{id}/cancellation', parts())),
    hold: (body: unknown, holdId = 'dispute-1') =>
      heed.http('hold-contact', jsonEvent('PUT /v1/contacts/{id}/holds/{holdId}', body, parts({ holdId }))),
    release: (holdId = 'dispute-1') =>
      heed.http('release-contact', httpEvent('DELETE /v1/contacts/{id}/holds/{holdId}', parts({ holdId }))),
  };
}

export function bodyOf({ body = '' }: APIGatewayProxyStructuredResultV2) {
  return JSON.parse(body);
}
