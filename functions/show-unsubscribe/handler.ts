import { log } from '../../shared/adapters/log.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { maskAddress } from '../../shared/domain/mask.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { neutralReply } from '../../shared/http/neutral.ts';
import { pageFrame, requestLocale } from '../../shared/http/page-frame.ts';
import { htmlReply } from '../../shared/http/request.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { unsubscribePage } from '../../shared/views/unsubscribe-page.ts';

const settings = readSettings();
const publicUrl = readVariable(ENV.publicUrl);
const keyRing = secretKeyRing(readVariable(ENV.keyRing), settings.lists);

// RF-05: scanners fetch every link of a mail, so looking changes nothing; this function's role could not write if it wanted to.
export const handler = httpDoor(
  async (request) => {
    const { links } = await keyRing();
    const claims = await links.open('unsubscribe', request.token);
    const frame = pageFrame(requestLocale(request, settings, claims?.locale), settings);
    if (claims === undefined) return neutralReply(frame, publicUrl);
    const { identifier, scope } = claims;
    return htmlReply(200, unsubscribePage({ ...frame, maskedAddress: maskAddress(identifier), scope }));
  },
  { settings, report: (error, route) => log('error', 'An unsubscribe page could not be shown', { error, route }) },
);
