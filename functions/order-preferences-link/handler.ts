import { dynamoRequestBook } from '../../shared/adapters/dynamo/requests.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { newRequestId, systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { canonicalAddress } from '../../shared/domain/address.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { readForm } from '../../shared/http/form.ts';
import { pageFrame, requestLocale } from '../../shared/http/page-frame.ts';
import { htmlReply } from '../../shared/http/request.ts';
import { ENV, HONEYPOT_FIELD } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { addressProblem } from '../../shared/views/form-page.ts';
import { linkOrderedPage, preferencesLinkPage } from '../../shared/views/preferences-link-page.ts';
import { orderPreferencesLink } from './order-preferences-link.ts';

const settings = readSettings();
const publicUrl = readVariable(ENV.publicUrl);
const book = dynamoRequestBook(openTable(readVariable(ENV.registryTable)));
const keyRing = secretKeyRing(readVariable(ENV.keyRing));

export const handler = httpDoor(
  async (request) => {
    const form = await readForm(request);
    const typed = form.get('address') ?? '';
    const locale = requestLocale(request, settings, form.get('locale') ?? undefined);
    const site = settings.sites.find(({ id }) => id === form.get('site'));
    const frame = pageFrame(locale, settings, site);
    const address = canonicalAddress(typed);
    if (!address.ok) {
      const known = { value: typed, ...(site && { site: site.id }) };
      return htmlReply(
        400,
        preferencesLinkPage({ ...frame, ...known, problem: addressProblem(frame, address.problem) }),
      );
    }
    const order = orderPreferencesLink({ ...(await keyRing()), book, newRequestId, now: systemTime });
    const isSuspect = (form.get(HONEYPOT_FIELD) ?? '') !== '';
    await order({ identifier: address.identifier, locale, site: site?.id, isSuspect });
    return htmlReply(200, linkOrderedPage({ ...frame, formUrl: `${publicUrl}/` }));
  },
  { settings, report: (error, route) => log('error', 'A wish for a link could not be taken', { error, route }) },
);
