import { parseScope, type ScopeName } from '../domain/scope.ts';
import type { Strings } from '../i18n/strings.ts';
import { type Html, html } from './html.ts';

/** A written scope in people's words: "All marketing messages, in every channel". */
export function describeScope(strings: Strings, name: ScopeName, list?: string): string {
  const scope = parseScope(name);
  // A name that we cannot read counts as an opt-out of everything (see `decide`), so that is what we say.
  if (scope === undefined) return strings('scope.any.any');
  const words = strings(`scope.${scope.channel}.${scope.purpose}`);
  const about = scope.list ?? list;
  return about === undefined ? words : strings('scope.list', { scope: words, list: about });
}

export function scopeList(strings: Strings, names: readonly ScopeName[]): Html {
  return html`<ul class="scopes">${names.map((name) => html`<li>${describeScope(strings, name)}</li>`)}</ul>`;
}
