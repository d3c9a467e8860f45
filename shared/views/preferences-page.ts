import { PAUSE_DAYS } from '../domain/policy.ts';
import type { Preference } from '../domain/preferences.ts';
import { parseScope, type ScopeName } from '../domain/scope.ts';
import type { StringKey } from '../i18n/strings.ts';
import { verbatim } from './facts.ts';
import { type Html, html } from './html.ts';
import { languageSwitcher } from './language-switcher.ts';
import { layout, type PageFrame } from './layout.ts';
import { describeDay } from './moment.ts';
import { describeScope } from './scope-words.ts';

export interface PreferencesPage extends PageFrame {
  maskedAddress: string;
  preferences: readonly Preference[];
  isEverythingStopped: boolean;
  /** Opting back in takes a mail. */
  canBeMailed: boolean;
}

/** Value of the button that stops everything; no scope has this name, and what is no scope stops everything. */
const EVERYTHING = 'everything';

const GROUPS: readonly (readonly [Preference['group'], StringKey])[] = [
  ['messages', 'preferences.messages'],
  ['lists', 'preferences.lists'],
  ['data', 'preferences.data'],
];

/**
 * All choices of one address. First everything at once (CS-05, CC-30), then each thing with a button of its own that names what it does; last
 * the pause and the way back, which nobody has to pass (CC-02). Works without JavaScript; looking changes nothing.
 */
export function preferencesPage(page: PreferencesPage): string {
  const { strings, maskedAddress, isEverythingStopped } = page;
  const title = strings('preferences.title');
  return layout(page, {
    title,
    main: html`<h1>${title}</h1>
<p class="lead">${strings('preferences.intro')}<br>${verbatim(maskedAddress)}</p>
${isEverythingStopped ? html`<p class="state">${strings('preferences.all.done')}</p>` : stopEverything(page)}
${oneByOne(page)}
${!isEverythingStopped && pause(page)}
${allowAgain(page)}`,
    footer: languageSwitcher(page),
  });
}

function stopEverything({ strings }: PreferencesPage): Html {
  return html`<form method="post" class="first">
<button type="submit" name="stop" value="${EVERYTHING}" autofocus aria-describedby="everything">${strings('preferences.all.button')}</button>
<p id="everything" class="small">${strings('scope.any.any')}</p>
</form>`;
}

function oneByOne(page: PreferencesPage): Html {
  const groups = GROUPS.map(([group, name]) => rows(page, group, name));
  const hasButtons = page.preferences.some(({ standing }) => standing.state !== 'stopped');
  return html`<section>
<h2>${page.strings('preferences.single')}</h2>
${hasButtons ? html`<form method="post">\n${groups}</form>` : groups}
</section>`;
}

function rows(page: PreferencesPage, group: Preference['group'], name: StringKey): Html {
  const listed = page.preferences.filter((preference) => preference.group === group);
  if (listed.length === 0) return html``;
  return html`<section><h3>${page.strings(name)}</h3>
<ul class="rows">${listed.map((preference) => html`<li>${row(page, preference)}</li>`)}</ul></section>
`;
}

function row({ strings }: PreferencesPage, { scope, standing, isEnded }: Preference): Html {
  const words = describeScope(strings, scope);
  const since =
    standing.state === 'stopped' && strings('preferences.since', { day: describeDay(strings, standing.since) });
  const until =
    standing.state === 'paused' && strings('preferences.until', { day: describeDay(strings, standing.until) });
  // Below "Lists", the name says enough for the eye.
  const name = listName(scope) ?? words;
  return html`<span>${name}${note(since)}${note(until)}${note(isEnded && strings('preferences.ended'))}</span>
${since === false ? button(strings('preferences.stop.button'), { words, scope }) : html`<span class="state">${strings('preferences.stopped')}</span>`}`;
}

function listName(scope: ScopeName): string | undefined {
  const { channel, purpose, list } = parseScope(scope) ?? {};
  return channel === 'email' && purpose === 'marketing' ? list : undefined;
}

function note(text: string | false): Html {
  return text === false ? html`` : html`<br><span class="small">${text}</span>`;
}

// The name of the thing is part of the button's name, so that a list of buttons tells them apart.
function button(label: string, { words, scope }: { words: string; scope: string }): Html {
  return html`<button type="submit" class="quiet" name="stop" value="${scope}">${label}<span class="unseen">: ${words}</span></button>`;
}

function pause({ strings }: PreferencesPage): Html {
  return html`<section>
<h2>${strings('preferences.pause')}</h2>
<p class="small">${strings('preferences.pause.detail')}</p>
<form method="post" class="row">
${PAUSE_DAYS.map((days) => html`<button type="submit" class="quiet" name="pause" value="${days}">${strings('preferences.pause.button', { days: String(days) })}</button>`)}
</form>
</section>`;
}

// Nothing is ticked, and the page speaks of it last and once: nobody is asked to come back (CC-15, CC-16).
function allowAgain({ strings, preferences, canBeMailed }: PreferencesPage): Html {
  const stopped = preferences.filter(({ standing, isEnded }) => standing.state !== 'open' && !isEnded);
  if (!canBeMailed || stopped.length === 0) return html``;
  return html`<details>
<summary>${strings('preferences.again')}</summary>
<form method="post">
<fieldset><legend>${strings('preferences.again.legend')}</legend>
${stopped.map(
  ({ scope }) => html`<label class="choice"><input type="checkbox" name="again" value="${scope}">
<span>${describeScope(strings, scope)}</span></label>\n`,
)}</fieldset>
<p class="small">${strings('preferences.again.detail')}</p>
<button type="submit" class="quiet">${strings('preferences.again.button')}</button>
</form>
</details>`;
}
