import type { Strings } from '../i18n/strings.ts';
import type { Settings } from '../settings.ts';

/** The one text that confirms an opt-out: who, and what stops. No promotion, no link, no question (TC-03). */
export function optedOutText({
  strings,
  controller,
}: {
  strings: Strings;
  controller: Settings['controller'];
}): string {
  return strings('text.optedOut', { brand: controller.name });
}
