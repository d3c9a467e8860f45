import type { Strings } from '../i18n/strings.ts';
import { type Html, html, trusted } from './html.ts';

/** Nothing that comes from outside can look like these: markup in it is escaped. */
const BEGIN = '<!--signal-->';
const END = '<!--/signal-->\n';

/**
 * "Opt-out request honored" beside a switch that is on (11 CCR 7025(c)(6)). It states and asks nothing: a choice in reply to a signal is
 * forbidden (CC-30). Every page holds it until {@link fillSignalStatus} knows whether the signal came.
 */
export function signalStatus(strings: Strings): Html {
  return html`${trusted(BEGIN)}<p class="signal" role="status"><label><input type="checkbox" role="switch" checked disabled> <strong>${strings('signal.honoured')}</strong></label> ${strings('signal.detail')}</p>
${trusted(END)}`;
}

/** Keeps the status on a finished page, or takes it out. */
export function fillSignalStatus(page: string, isSignalled: boolean): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) return page;
  const status = isSignalled ? page.slice(begin + BEGIN.length, end) : '';
  return page.slice(0, begin) + status + page.slice(end + END.length);
}
