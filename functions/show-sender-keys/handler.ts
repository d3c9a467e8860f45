import { log } from '../../shared/adapters/log.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { jsonReply } from '../../shared/http/request.ts';
import type { SenderKeySetAnswer } from '../../shared/http/schemas/sender-keys.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';

const settings = readSettings();
const keyRing = secretKeyRing(readVariable(ENV.keyRing));

// Unlike all other answers these may be kept: they are public, the same for everybody, and a key that was published opens for good.
const CACHING = { 'cache-control': 'public, max-age=3600' };

export const handler = httpDoor(
  async () => {
    const { senderKeys } = await keyRing();
    const answer: SenderKeySetAnswer = senderKeys();
    return { ...jsonReply(200, answer), headers: CACHING };
  },
  { settings, report: (error, route) => log('error', 'The public keys could not be shown', { error, route }) },
);
