import { describe, expect, test } from 'vitest';
import { HONEYPOT_FIELD } from '../../shared/names.ts';
import { newAddress } from './addresses.ts';
import { multipart, urlencoded } from './http.ts';
import { heed, isSuppressed, post, stack } from './world.ts';

test('the form needs one field and no script', async () => {
  const { status, body, headers } = await heed('/', { headers: { accept: 'text/html' } });
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(body.match(/ required/g)).toHaveLength(1);
  expect(body).not.toContain('<script');
});

describe.each([
  ['urlencoded', urlencoded],
  ['multipart', multipart],
])('a form posted as %s', (_, encode) => {
  test('is in force when its page comes back', async () => {
    const address = newAddress();
    const { status, body } = await post('/opt-outs', encode({ address }));
    expect(status).toBe(200);
    expect(body).toContain('Done: your opt-out is in force');
    expect(body).not.toContain(address);
    expect(await isSuppressed(address)).toBe(true);
  });

  test('leads on to the thank-you page of a configured site', async () => {
    const address = newAddress();
    const { status, headers } = await post('/opt-outs', encode({ address, site: 'demo' }));
    expect(status).toBe(303);
    expect(headers.location).toBe(`${stack.siteUrl}/thank-you`);
    expect(await isSuppressed(address)).toBe(true);
  });

  test('leads nowhere else', async () => {
    const elsewhere = { site: 'https://evil.example', thankYouUrl: 'https://evil.example', redirect: '//evil.example' };
    const { status, headers } = await post('/opt-outs', encode({ address: newAddress(), ...elsewhere }));
    expect(status).toBe(200);
    expect(headers.location).toBeUndefined();
  });

  test('may hold fields that mean nothing', async () => {
    const address = newAddress();
    const { status } = await post('/opt-outs', encode({ address, utm_source: 'x', 'g-recaptcha-response': '' }));
    expect(status).toBe(200);
    expect(await isSuppressed(address)).toBe(true);
  });

  test('holds although the trap is filled', async () => {
    const address = newAddress();
    const { status } = await post('/opt-outs', encode({ address, [HONEYPOT_FIELD]: 'https://spam.example' }));
    expect(status).toBe(200);
    expect(await isSuppressed(address)).toBe(true);
  });
});

test('a narrower choice stops no more than what was chosen', async () => {
  const address = newAddress();
  await post('/opt-outs', urlencoded({ address, scopes: 'any:sale-share' }));
  expect(await isSuppressed(address, 'any:sale-share')).toBe(true);
  expect(await isSuppressed(address, 'email:marketing')).toBe(false);
});

test('a phone number opts out of text messages and calls', async () => {
  const { status } = await post('/opt-outs', urlencoded({ phone: '+1 (202) 555-0147' }));
  expect(status).toBe(200);
  expect(await isSuppressed('+12025550147', 'sms:marketing')).toBe(true);
  expect(await isSuppressed('0012025550147', 'phone:marketing')).toBe(true);
});

test('a bad address brings the form back with the error and the typed value', async () => {
  const typed = 'canary-"<b>&@';
  const { status, body } = await post('/opt-outs', urlencoded({ address: typed, site: 'demo' }));
  expect(status).toBe(400);
  expect(body).toContain('value="canary-&quot;&lt;b&gt;&amp;@"');
  expect(body).toContain('aria-invalid="true"');
  expect(body).toContain('name="site" value="demo"');
});

test.each(['de', 'fr', 'es'])('the form speaks %s when asked to', async (language) => {
  const byHeader = await heed('/', { headers: { 'accept-language': `${language}-XX,en;q=0.5` } });
  expect(byHeader.body).toContain(`<html lang="${language}" dir="ltr">`);
  const byQuery = await heed(`/?lang=${language}`, { headers: { 'accept-language': 'en' } });
  expect(byQuery.body).toContain(`<html lang="${language}" dir="ltr">`);
});

test('a body that is no form is refused', async () => {
  const { status } = await post('/opt-outs', { headers: { 'content-type': 'text/plain' }, body: 'address=x' });
  expect(status).toBe(415);
});
