import '../support/handler-environment.ts';
import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../functions/honour-signal/handler.ts';
import { problemSchema } from '../../shared/http/schemas/problem.ts';
import { signalAnswerSchema } from '../../shared/http/schemas/signals.ts';
import { jsonEvent, testContext } from '../support/http-events.ts';
import { aws, resetClients } from '../support/mocked-clients.ts';

const post = async (body: object, headers: Record<string, string> = {}) => {
  const { statusCode, body: text = '' } = await handler(jsonEvent('POST /v1/signals', body, { headers }), testContext);
  return { status: statusCode, text, json: JSON.parse(text) };
};
const GPC = { 'Sec-GPC': '1' };

beforeEach(() => {
  resetClients();
  aws.dynamo.on(TransactWriteItemsCommand).resolves({});
});

describe('POST /v1/signals', () => {
  it.each([
    ['the browser’s header', { profileId: 'v-81f0c3' }, GPC],
    ['what a site’s server saw', { email: 'jane@example.org', gpc: true, site: 'shop' }, {}],
    ['both, for a phone number', { phone: '+49 30 123456', gpc: true }, GPC],
  ])('honours %s with one write (CC-12)', async (_, body, headers) => {
    const { status, json } = await post(body, headers as Record<string, string>);
    expect(status).toBe(200);
    expect(signalAnswerSchema.parse(json)).toEqual({ honoured: true, effective: true, scopes: ['any:sale-share'] });
    const [call] = aws.dynamo.commandCalls(TransactWriteItemsCommand);
    const [suppression, request] = call?.args[0].input.TransactItems ?? [];
    expect(suppression?.Update?.ExpressionAttributeNames).toMatchObject({ '#s0': 'scope#any:sale-share' });
    expect(suppression?.Update?.ConditionExpression).toContain('attribute_not_exists');
    expect(request?.Put?.Item).toMatchObject({ manner: { S: 'gpc' } });
    expect(aws.dynamo.calls()).toHaveLength(1);
    expect(JSON.stringify(call?.args[0].input)).not.toMatch(/v-81f0c3|jane@|4930123456/);
  });

  it.each([{}, { 'Sec-GPC': '0' }, { 'Sec-GPC': 'true' }])(
    'does nothing for %j, and takes it for no consent (CC-14)',
    async (headers) => {
      for (const body of [{ email: 'jane@example.org' }, { profileId: 'v-1', gpc: false }]) {
        const { status, json } = await post(body, headers as Record<string, string>);
        expect([status, signalAnswerSchema.parse(json)]).toEqual([200, { honoured: false }]);
      }
      expect(aws.dynamo.calls()).toHaveLength(0);
    },
  );

  it.each([
    ['nobody', {}, 'body.custom'],
    ['two people', { email: 'jane@example.org', profileId: 'v-1' }, 'body.custom'],
    ['an address as a profile', { profileId: 'jane@example.org' }, 'body.invalid-format'],
    ['a bad address', { email: 'jane@' }, 'email.syntax'],
    ['an unknown site', { profileId: 'v-1', site: 'canary' }, 'site.unknown'],
    ['an unknown field', { profileId: 'v-1', scopes: ['any:any'] }, 'body.unrecognized-keys'],
  ])('refuses %s, writes nothing and repeats nothing', async (_, body, code) => {
    const { status, text, json } = await post(body, GPC);
    expect([status, problemSchema.parse(json).code]).toEqual([400, code]);
    expect(text).not.toMatch(/jane|canary/);
    expect(aws.dynamo.calls()).toHaveLength(0);
  });

  it('claims nothing when the store fails', async () => {
    aws.dynamo.on(TransactWriteItemsCommand).rejects(new Error('canary-4711'));
    const { status, text } = await post({ email: 'jane@example.org' }, GPC);
    expect(status).toBe(503);
    expect(text).not.toMatch(/honoured|canary-4711/);
  });
});
