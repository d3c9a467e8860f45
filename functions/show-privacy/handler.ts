import { readCompanion } from '../../shared/adapters/companion-file.ts';
import { log } from '../../shared/adapters/log.ts';
import { readSchedule } from '../../shared/adapters/schedule-file.ts';
import { noticeSchema } from '../../shared/domain/notice.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { pageFrame, requestLocale } from '../../shared/http/page-frame.ts';
import { htmlReply } from '../../shared/http/request.ts';
import { NOTICE_FILE } from '../../shared/names.ts';
import { readSettings } from '../../shared/settings.ts';
import { privacyPage } from '../../shared/views/privacy-page.ts';

const settings = readSettings();
const schedule = readSchedule();
const notice = noticeSchema.parse(JSON.parse(readCompanion(NOTICE_FILE)));

export const handler = httpDoor(
  (request) =>
    htmlReply(
      200,
      privacyPage({ ...pageFrame(requestLocale(request, settings), settings), settings, schedule, notice }),
    ),
  { settings, report: (error, route) => log('error', 'The privacy notice could not be shown', { error, route }) },
);
