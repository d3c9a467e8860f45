import { dynamoConfirmationEffects } from '../../shared/adapters/dynamo/confirmation-effects.ts';
import { dynamoConfirmations } from '../../shared/adapters/dynamo/confirmations.ts';
import { openTable } from '../../shared/adapters/dynamo/table.ts';
import { newRequestId, systemTime } from '../../shared/adapters/ids.ts';
import { log } from '../../shared/adapters/log.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { neutralReply } from '../../shared/http/neutral.ts';
import { pageFrame, requestLocale } from '../../shared/http/page-frame.ts';
import { htmlReply } from '../../shared/http/request.ts';
import { wordingVersion } from '../../shared/i18n/strings.ts';
import { ENV } from '../../shared/names.ts';
import { type Locale, readSettings, readVariable } from '../../shared/settings.ts';
import { confirmationPage } from '../../shared/views/confirmation-page.ts';
import { confirmedPage } from '../../shared/views/confirmed-page.ts';
import { confirm } from './confirm.ts';

const settings = readSettings();
const publicUrl = readVariable(ENV.publicUrl);
const table = openTable(readVariable(ENV.registryTable));
const pressButton = confirm({
  confirmations: dynamoConfirmations(table),
  effects: dynamoConfirmationEffects(table),
  newRequestId,
  now: systemTime,
  wordingOf: (locale) => wordingVersion(locale as Locale),
  requestDays: settings.retention.requestDays,
});

export const handler = httpDoor(
  async (request) => {
    const confirmed = await pressButton(request.token);
    const fromLink = confirmed.outcome === 'unknown-link' ? undefined : confirmed.link.locale;
    const frame = pageFrame(requestLocale(request, settings, fromLink), settings);
    switch (confirmed.outcome) {
      case 'unknown-link':
        return neutralReply(frame, publicUrl);
      case 'step-2':
        // Relative to /c/<first token>, so that it works behind any base path.
        return htmlReply(
          200,
          confirmationPage({ ...frame, ...confirmed.link, purpose: 'opt-in', action: confirmed.token }),
        );
      default:
        return htmlReply(200, confirmedPage({ ...frame, outcome: confirmed.outcome, scopes: confirmed.link.scopes }));
    }
  },
  { settings, report: (error, route) => log('error', 'A confirmation failed', { error, route }) },
);
