import { describe, expect, it } from 'vitest';
import { readRequest } from '../../shared/http/request.ts';
import { requireStaff } from '../../shared/http/staff.ts';
import { httpEvent } from '../support/http-events.ts';

const requestWith = (claims?: Record<string, string>) =>
  readRequest(httpEvent('GET /v1/reviews', claims === undefined ? {} : { claims }));

describe('staff', () => {
  it.each([
    ['a member of the group', { sub: 'clerk', 'cognito:groups': '[staff]' }, 'clerk'],
    ['a member of several groups', { sub: 'clerk', 'cognito:groups': '[auditors staff]' }, 'clerk'],
    ['a program with the scope of our pool', { client_id: 'desk', scope: 'heed/checks:read heed/staff:write' }, 'desk'],
    ['a program with the scope of another issuer', { sub: 'desk', scope: 'staff:write' }, 'desk'],
  ])('are %s', (_, claims, actor) => {
    expect(requireStaff(requestWith(claims))).toBe(actor);
  });

  it.each([
    ['nobody', undefined],
    ['a token without rights', { sub: 'clerk' }],
    ['another group', { sub: 'clerk', 'cognito:groups': '[staffing not-staff]' }],
    ['another scope', { sub: 'sender', scope: 'heed/checks:read heed/links:write' }],
    ["a scope of somebody else's", { sub: 'sender', scope: 'other/staff:write' }],
    ['a token that names nobody', { 'cognito:groups': '[staff]' }],
  ])('are not %s', (_, claims) => {
    expect(() => requireStaff(requestWith(claims))).toThrow(
      expect.objectContaining({ kind: 'forbidden', code: 'staff.required' }),
    );
  });
});
