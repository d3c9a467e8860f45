import { VisibleError } from '../domain/errors.ts';
import { RESOURCE_SERVER, STAFF_GROUP, STAFF_SCOPE } from '../names.ts';
import type { HttpRequest } from './request.ts';

/** Cognito puts the resource server's name before a scope; other issuers do not. */
const STAFF_SCOPES: readonly string[] = [STAFF_SCOPE, `${RESOURCE_SERVER}/${STAFF_SCOPE}`];

/**
 * Who acts, on a route of staff. The gateway has checked that the token is valid; whether its holder is staff is checked here. Throws a
 * `VisibleError` that is answered 403 when nothing in the token says so.
 */
export function requireStaff({ actor, groups, scopes }: HttpRequest): string {
  const isStaff = groups.includes(STAFF_GROUP) || scopes.some((scope) => STAFF_SCOPES.includes(scope));
  if (actor !== undefined && isStaff) return actor;
  throw new VisibleError('forbidden', 'staff.required', 'Only staff may do this', {
    accepted: `A token of the group ${STAFF_GROUP}, or with the scope ${STAFF_SCOPE}`,
  });
}
