import { describe, expect, it } from 'vitest';
import { isEverythingStopped, preferences } from '../../shared/domain/preferences.ts';
import type { ScopeName } from '../../shared/domain/scope.ts';
import { type Choice, type Choices, pauseName } from '../../shared/domain/suppression.ts';

const NOW = new Date('2026-11-26T10:00:00Z');
const SINCE = new Date('2026-11-23T10:00:00Z');
const UNTIL = new Date('2026-12-23T10:00:00Z');
const out: Choice = { state: 'opted-out', since: SINCE, requestId: 'req_1', manner: 'form' };
const back: Choice = { ...out, state: 'opted-in', since: new Date('2026-11-24T10:00:00Z') };

function shown(choices: Choices, lists: string[] = ['weekly']) {
  return preferences(choices, lists, NOW).map(
    ({ scope, standing, isEnded }) => `${scope} ${standing.state}${isEnded ? ' ended' : ''}`,
  );
}

const OPEN = [
  ...['email', 'sms', 'phone', 'post'].map((channel) => `${channel}:marketing open`),
  ...['any:sale-share open', 'any:profiling open', 'email:marketing:weekly open'],
];

describe('preferences', () => {
  it('are about each channel, each use of data and each list, all of them open at first', () => {
    expect(shown({})).toEqual(OPEN);
  });

  it('tell what is stopped and since when, also by a broader choice', () => {
    const all = preferences({ 'any:marketing': out }, ['weekly'], NOW);
    expect(all.find(({ scope }) => scope === 'email:marketing:weekly')?.standing).toEqual({
      state: 'stopped',
      since: SINCE,
    });
    expect(all.find(({ scope }) => scope === 'any:sale-share')?.standing).toEqual({ state: 'open' });
    expect(all.find(({ scope }) => scope === 'any:marketing')).toMatchObject({
      group: 'everything',
      standing: { state: 'stopped' },
    });
  });

  it('tell until when something is paused, for as long as it is', () => {
    const pause: Choice = { ...out, state: 'paused', until: UNTIL };
    const choices = { [pauseName('any:marketing' as ScopeName, 30)]: pause };
    expect(preferences(choices, [], NOW)[0]?.standing).toEqual({ state: 'paused', until: UNTIL });
    expect(preferences(choices, [], UNTIL)[0]?.standing).toEqual({ state: 'open' });
  });

  it('keep a list that was deleted or renamed as stopped: that lifts nothing', () => {
    const choices = { 'email:marketing:weekly': out };
    expect(shown(choices, ['weekly-news'])).toContain('email:marketing:weekly stopped ended');
    expect(shown(choices, ['weekly-news'])).toContain('email:marketing:weekly-news open');
  });

  it('name no list that has ended and is open, nor anything else unusual that is open again', () => {
    expect(shown({ 'email:marketing:gone': back, 'email:sale-share': back, 'any:any': back })).toEqual(OPEN);
  });

  it('name the unusual while it is stopped', () => {
    expect(shown({ 'email:sale-share': out })).toContain('email:sale-share stopped');
  });

  it.each<[boolean, Choices]>([
    [true, { 'any:marketing': out, 'any:sale-share': out }],
    [true, { 'any:any': out }],
    [false, { 'any:marketing': out }],
    [false, { 'any:any': out, 'any:marketing': back }],
    [false, { [pauseName('any:any' as ScopeName, 30)]: { ...out, state: 'paused', until: UNTIL } }],
  ])('say %s to "everything is stopped" for %j', (expected, choices) => {
    expect(isEverythingStopped(choices, NOW)).toBe(expected);
  });
});
