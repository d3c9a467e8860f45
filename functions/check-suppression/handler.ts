import { dynamoSuppressions } from '../../shared/adapters/dynamo/suppressions.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { parseScope, type Scope } from '../../shared/domain/scope.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { readJson } from '../../shared/http/json.ts';
import { jsonReply } from '../../shared/http/request.ts';
import { type CheckAnswer, checkBodySchema } from '../../shared/http/schemas/checks.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { checkProfiles } from './check-profiles.ts';
import { checkSuppression } from './check-suppression.ts';

const settings = readSettings();
const suppressions = dynamoSuppressions(openTable(readVariable(ENV.registryTable)));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));

export const handler = httpDoor(
  async (request) => {
    const { scope: written, addresses, profiles } = readJson(checkBodySchema, request);
    // The schema has refused everything that does not parse.
    const scope = parseScope(written) as Scope;
    const ports = { suppressions, ...(await keyRing()), now: systemTime };
    const answer: CheckAnswer = {
      results: addresses === undefined ? [] : await checkSuppression(ports)(scope, addresses),
      ...(profiles && { profiles: await checkProfiles(ports)(scope, profiles) }),
    };
    return jsonReply(200, answer);
  },
  {
    settings,
    // A client that cannot read more than this must not send (design rule 3).
    problemFacts: { treatAs: 'suppressed' },
    report: (error, route) =>
      log('error', 'A check could not be answered; the sender is told not to send', { error, route }),
  },
);
