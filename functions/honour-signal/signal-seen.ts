import { profileName } from '../../shared/domain/profile.ts';
import { readPerson, refuseUnknownSite } from '../../shared/http/named-person.ts';
import type { SignalBody } from '../../shared/http/schemas/signals.ts';
import type { Settings } from '../../shared/settings.ts';
import type { SignalSeen } from './honour-signal.ts';

/** Whose signal a checked body tells of. Throws a `VisibleError` for what is no address, and for a site that is not configured. */
export function readSignal(
  { site, profileId, ...body }: SignalBody,
  settings: Settings,
): Pick<SignalSeen, 'identifier' | 'site'> {
  refuseUnknownSite(site, settings);
  return { identifier: profileId === undefined ? readPerson(body) : profileName(profileId), site };
}
