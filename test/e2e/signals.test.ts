import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newAddress } from './addresses.ts';
import { json } from './http.ts';
import { authorization, isSuppressed, mailsTo, post } from './world.ts';

const GPC = { 'sec-gpc': '1' };

async function tell(body: Record<string, unknown>, headers: Record<string, string> = {}) {
  const { status, body: text } = await post('/v1/signals', json(body, headers));
  return { status, answer: JSON.parse(text) };
}

async function isProfileSuppressed(profileId: string, scope = 'any:sale-share'): Promise<boolean> {
  const { body } = await post('/v1/checks', json({ scope, profiles: [profileId] }, await authorization()));
  return JSON.parse(body).profiles[0].suppressed;
}

describe('the signal of a browser', () => {
  test('opts a profile out of sale and sharing at once, and for good (CC-12, CC-14)', async () => {
    const profileId = `v-${randomUUID()}`;
    expect(await isProfileSuppressed(profileId)).toBe(false);
    expect(await tell({ profileId }, GPC)).toEqual({
      status: 200,
      answer: { honoured: true, effective: true, scopes: ['any:sale-share'] },
    });
    expect(await isProfileSuppressed(profileId)).toBe(true);
    expect((await tell({ profileId })).answer).toEqual({ honoured: false });
    expect(await isProfileSuppressed(profileId)).toBe(true);
  });

  test('stops no mails of a known person, and sends none (GP-05)', async () => {
    const email = newAddress();
    expect((await tell({ email, gpc: true })).answer.honoured).toBe(true);
    expect(await isSuppressed(email, 'any:sale-share')).toBe(true);
    expect(await isSuppressed(email, 'email:marketing')).toBe(false);
    expect(await mailsTo(email)).toEqual([]);
  });

  test.each([
    [{ profileId: 'jane@example.org' }, 'profileId'],
    [{}, 'profileId'],
    [{ email: 'jane@' }, 'email'],
    [{ profileId: 'v-1', site: 'nowhere' }, 'site'],
  ])('that names nobody, or nowhere, is refused: %j', async (body, field) => {
    expect(await tell(body, GPC)).toMatchObject({ status: 400, answer: { field } });
  });
});
