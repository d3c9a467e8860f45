import '../support/handler-environment.ts';
import { GetItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler as change } from '../../functions/change-preferences/handler.ts';
import { handler as order } from '../../functions/order-preferences-link/handler.ts';
import { handler as showForm } from '../../functions/show-form/handler.ts';
import { handler as show } from '../../functions/show-preferences/handler.ts';
import { handler as unsubscribe } from '../../functions/unsubscribe/handler.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import { HONEYPOT_FIELD } from '../../shared/names.ts';
import { formEvent, httpEvent, testContext } from '../support/http-events.ts';
import { aws, READ_COMMANDS, resetClients, sentCommands } from '../support/mocked-clients.ts';
import { identify, sampleOptOut } from '../support/sample-opt-out.ts';
import { TEST_PUBLIC_URL } from '../support/settings.ts';
import { testKeyRing } from '../support/test-key-ring.ts';

const { links } = testKeyRing();
const identifier = identify('jane@example.org');
const sealPreferences = () => links.seal({ use: 'preferences', identifier });
const written = () =>
  aws.dynamo.commandCalls(TransactWriteItemsCommand).map(({ args: [{ input }] }) => input.TransactItems);

beforeEach(() => {
  resetClients();
  aws.dynamo.on(TransactWriteItemsCommand).resolves({});
  aws.dynamo.on(GetItemCommand).resolves({});
});

describe('/p/{token}', () => {
  const press = async (fields: Record<string, string>, token?: string) =>
    change(formEvent('POST /p/{token}', fields, { token: token ?? (await sealPreferences()) }), testContext);

  it.each(['GET', 'HEAD'])('shows the choices on %s and only reads (EM-04)', async (method) => {
    const event = httpEvent(`${method} /p/{token}`, { token: await sealPreferences() });
    const { statusCode, body } = await show(event, testContext);
    expect(statusCode).toBe(200);
    expect(method === 'HEAD' ? '' : body).toBe(body);
    expect(sentCommands().filter((name) => !READ_COMMANDS.includes(name))).toEqual([]);
  });

  it('stops, and says what, when and by which number, with the way back to all choices', async () => {
    const token = await sealPreferences();
    const { statusCode, body = '' } = await press({ stop: 'everything' }, token);
    expect(statusCode).toBe(200);
    expect(body).toContain('Done: your opt-out is in force');
    expect(body).toContain(`href="${TEST_PUBLIC_URL}/p/${token}"`);
    expect(body).not.toContain('jane');
    expect(written()).toHaveLength(1);
  });

  it('pauses', async () => {
    expect((await press({ pause: '30' })).body).toContain('Done: paused until');
    expect(JSON.stringify(written())).toContain('pause-30:any:marketing');
  });

  it('says that nothing has changed yet when something is to be allowed again', async () => {
    const { statusCode, body } = await press({ again: 'email:marketing' });
    expect(statusCode).toBe(200);
    expect(body).toContain('Everything is still stopped');
    expect(written()).toHaveLength(1);
    expect(JSON.stringify(written())).not.toContain('SUPPRESSION');
  });

  it('answers 400 when nothing was ticked, and writes nothing', async () => {
    const { statusCode, body } = await press({});
    expect(statusCode).toBe(400);
    expect(body).toContain('Your choices are as they were');
    expect(written()).toEqual([]);
  });

  it('answers every link that is not ours with the neutral page, which offers a fresh one (WC-03)', async () => {
    const { subjectKey, requestId } = sampleOptOut();
    for (const token of ['x', await links.seal({ use: 'receipt', subjectKey, requestId })]) {
      const answers = [
        await show(httpEvent('GET /p/{token}', { token }), testContext),
        await press({ stop: 'all' }, token),
      ];
      for (const { statusCode, body } of answers) {
        expect(statusCode).toBe(404);
        expect(body).toContain('This link does not work');
        expect(body).toContain(`href="${TEST_PUBLIC_URL}/preferences"`);
      }
    }
    expect(written()).toEqual([]);
  });

  it.each(['stop', 'pause', 'again'])('claims no success when the store fails: %s (EM-14)', async (field) => {
    aws.dynamo.on(TransactWriteItemsCommand).rejects(new Error('canary-4711'));
    const { statusCode, body } = await press({ [field]: field === 'pause' ? '30' : 'email:marketing' });
    expect(statusCode).toBe(503);
    expect(body).not.toMatch(/canary-4711|Done|still stopped/);
  });

  it('shows no choices when the store fails, rather than guess', async () => {
    aws.dynamo.on(GetItemCommand).rejects(new Error('down'));
    const { statusCode, body } = await show(
      httpEvent('GET /p/{token}', { token: await sealPreferences() }),
      testContext,
    );
    expect(statusCode).toBe(503);
    expect(body).not.toContain('Your choices');
  });
});

describe('/preferences', () => {
  const ask = (fields: Record<string, string>) => order(formEvent('POST /preferences', fields), testContext);

  it('shows one field and only reads', async () => {
    const { statusCode, body = '' } = await showForm(httpEvent('GET /preferences'), testContext);
    expect(statusCode).toBe(200);
    expect(body.match(/ required/g)).toHaveLength(1);
    expect(body).toContain('action="preferences"');
    expect(sentCommands()).toEqual([]);
  });

  it('answers every address alike, byte for byte, and writes one item for each (EM-10)', async () => {
    const answers = [];
    for (const address of ['jane@example.org', 'john@example.org', '+49 30 123456', 'jäne@example.org'])
      answers.push(await ask({ address }));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.statusCode).toBe(200);
    expect(answers[0]?.body).toContain('Now look into your mailbox');
    expect(written().map((items) => items?.length)).toEqual([1, 1, 1, 1]);
  });

  it('answers a robot alike, and notes that it is one', async () => {
    const [person, robot] = [
      await ask({ address: 'a@example.org' }),
      await ask({ address: 'a@example.org', [HONEYPOT_FIELD]: 'x' }),
    ];
    expect(robot).toEqual(person);
    expect(written()[1]?.[0]?.Put?.Item).toMatchObject({ isSuspect: { BOOL: true } });
  });

  it('brings a bad address back with the error at the field, in the language of the form', async () => {
    const { statusCode, body } = await ask({ address: 'jane@', locale: 'de', site: 'shop' });
    expect(statusCode).toBe(400);
    expect(body).toContain('value="jane@"');
    expect(body).toContain('aria-invalid="true"');
    expect(body).toContain('name="site" value="shop"');
    expect(body).toContain('<html lang="de"');
    expect(written()).toEqual([]);
  });

  it('promises no mail when the store fails', async () => {
    aws.dynamo.on(TransactWriteItemsCommand).rejects(new Error('down'));
    const { statusCode, body } = await ask({ address: 'jane@example.org' });
    expect(statusCode).toBe(503);
    expect(body).not.toContain('mailbox');
  });
});

it('after unsubscribing, the same link leads on to all choices', async () => {
  const token = await links.seal({ use: 'unsubscribe', identifier, scope: 'email:marketing' as ScopeName });
  const { body } = await unsubscribe(formEvent('POST /u/{token}', { source: 'page' }, { token }), testContext);
  expect(body).toContain(`href="${TEST_PUBLIC_URL}/p/${token}"`);
});
