import { log } from '../../shared/adapters/log.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { pageFrame, requestLocale } from '../../shared/http/page-frame.ts';
import { htmlReply } from '../../shared/http/request.ts';
import { readSettings } from '../../shared/settings.ts';
import { agentPage } from '../../shared/views/agent-page.ts';
import { complaintPage } from '../../shared/views/complaint-page.ts';
import { erasureFormPage } from '../../shared/views/erasure-form-page.ts';
import { formPage } from '../../shared/views/form-page.ts';
import { preferencesLinkPage } from '../../shared/views/preferences-link-page.ts';

const settings = readSettings();

export const handler = httpDoor(
  (request) => {
    const site = settings.sites.find(({ id }) => id === request.query.site);
    const frame = pageFrame(requestLocale(request, settings), settings, site);
    const page = { ...frame, ...(site && { site: site.id }) };
    if (request.route.endsWith('/agents')) return htmlReply(200, agentPage(page));
    if (request.route.endsWith('/erasures')) return htmlReply(200, erasureFormPage(page));
    if (request.route.endsWith('/complaints')) return htmlReply(200, complaintPage(page));
    if (request.route.endsWith('/preferences')) return htmlReply(200, preferencesLinkPage(page));
    return htmlReply(200, formPage(page));
  },
  { settings, report: (error, route) => log('error', 'The form could not be shown', { error, route }) },
);
