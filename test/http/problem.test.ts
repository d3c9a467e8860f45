import { describe, expect, it } from 'vitest';
import { type ErrorKind, VisibleError } from '../../shared/domain/errors.ts';
import { toProblem } from '../../shared/http/problem.ts';
import { problemSchema } from '../../shared/http/schemas/problem.ts';

describe('toProblem', () => {
  it.each<[ErrorKind, number]>([
    ['invalid', 400],
    ['not-found', 404],
    ['too-large', 413],
    ['unsupported', 415],
    ['unavailable', 503],
  ])('maps %s to %i', (kind, status) => {
    const problem = toProblem(new VisibleError(kind, 'a.code', 'A sentence'));
    expect(problem).toMatchObject({ type: 'about:blank', status, code: 'a.code', detail: 'A sentence' });
    expect(problem).not.toHaveProperty('field');
    expect(problem).not.toHaveProperty('accepted');
    expect(problemSchema.safeParse(problem).success).toBe(true);
  });

  it('says which field and what would be accepted', () => {
    const error = new VisibleError('invalid', 'c', 'd', {
      field: 'email',
      accepted: 'an address',
      cause: new Error('secret'),
    });
    expect(toProblem(error)).toMatchObject({ field: 'email', accepted: 'an address' });
    expect(JSON.stringify(toProblem(error))).not.toContain('secret');
  });

  it.each([
    [new Error('secret')],
    [new TypeError('secret', { cause: 'secret' })],
    ['secret'],
    [{ kind: 'invalid', code: 'secret', message: 'secret' }],
    [undefined],
    [Object.assign(new Error('secret'), { name: 'VisibleError', kind: 'invalid', code: 'secret' })],
  ])('shows nothing of %o, and lets the client try again (RF-06)', (thrown) => {
    const problem = toProblem(thrown);
    expect(problem).toMatchObject({ status: 503, code: 'service.unavailable' });
    expect(JSON.stringify(problem)).not.toContain('secret');
  });
});
