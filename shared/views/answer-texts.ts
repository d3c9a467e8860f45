import type { Strings } from '../i18n/strings.ts';
import type { Settings } from '../settings.ts';

interface TextFrame {
  strings: Strings;
  controller: Settings['controller'];
}

/** The one text that confirms an opt-out: who, and what stops. No promotion, no link, no question (TC-03). */
export function optedOutText({ strings, controller }: TextFrame): string {
  return strings('text.optedOut', { brand: controller.name });
}

/** The answer to HELP: who texts, how to stop it, and whom to ask. No promotion (TC-06). */
export function helpText({ strings, controller, contact }: TextFrame & { contact: string }): string {
  return strings('text.help', { brand: controller.name, contact });
}
