import { DEFAULT_OPT_OUT_SCOPES, PAUSE_DAYS } from '../../shared/domain/policy.ts';
import { isKnownScope, type ScopeName } from '../../shared/domain/scope.ts';
import type { Form } from '../../shared/http/form.ts';

/** What one button of the preference page asks. */
export type ChangeAsked =
  | { kind: 'stop'; scopes: readonly ScopeName[] }
  | { kind: 'pause'; days: number }
  | { kind: 'allow-again'; scopes: readonly ScopeName[] }
  /** Nothing was ticked, or nothing that we know. */
  | { kind: 'nothing' };

/** Reads the fields `stop`, `pause` and `again`. Whoever asks to stop is never taken to ask for anything else. */
export function readChange(form: Form, lists: readonly string[]): ChangeAsked {
  const stop = form.getAll('stop');
  if (stop.length > 0) return { kind: 'stop', scopes: scopesToStop(stop, lists) };
  const days = PAUSE_DAYS.find((length) => String(length) === form.get('pause'));
  if (days !== undefined) return { kind: 'pause', days };
  const again = [...new Set(form.getAll('again'))];
  const areKnown = again.length > 0 && again.every((name) => isKnownScope(name, lists));
  return areKnown ? { kind: 'allow-again', scopes: again as ScopeName[] } : { kind: 'nothing' };
}

// A list that is gone since the page was opened, or anything else that we cannot read: to stop less than was asked would be a false success.
function scopesToStop(written: readonly string[], lists: readonly string[]): readonly ScopeName[] {
  const scopes = [...new Set(written)];
  return scopes.every((name) => isKnownScope(name, lists)) ? (scopes as ScopeName[]) : DEFAULT_OPT_OUT_SCOPES;
}
