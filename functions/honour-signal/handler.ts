import { dynamoOptOuts } from '../../shared/adapters/dynamo/opt-outs.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { newRequestId, systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { hasGpcSignal } from '../../shared/http/gpc.ts';
import { readJson } from '../../shared/http/json.ts';
import { requestLocale } from '../../shared/http/page-frame.ts';
import { type HttpRequest, jsonReply } from '../../shared/http/request.ts';
import { type SignalAnswer, signalBodySchema } from '../../shared/http/schemas/signals.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { type HonourSignalPorts, honourSignal } from './honour-signal.ts';
import { readSignal } from './signal-seen.ts';

const settings = readSettings();
const optOuts = dynamoOptOuts(openTable(readVariable(ENV.registryTable)));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));
const { requestDays } = settings.retention;

async function ports(): Promise<HonourSignalPorts> {
  return { optOuts, ...(await keyRing()), newRequestId, now: systemTime, requestDays };
}

async function answer(request: HttpRequest): Promise<SignalAnswer> {
  const { gpc, ...body } = readJson(signalBodySchema, request);
  const seen = readSignal(body, settings);
  // No signal is no consent (CC-14): whatever is in force stays.
  if (!hasGpcSignal(request) && gpc !== true) return { honoured: false };
  await honourSignal(await ports())({ ...seen, locale: requestLocale(request, settings) });
  return { honoured: true, effective: true, scopes: ['any:sale-share'] };
}

export const handler = httpDoor(async (request) => jsonReply(200, await answer(request)), {
  settings,
  report: (error, route) => log('error', 'A signal could not be honoured; the site is told so', { error, route }),
});
