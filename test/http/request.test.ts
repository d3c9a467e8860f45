import { describe, expect, it } from 'vitest';
import { htmlReply, jsonReply, readRequest } from '../../shared/http/request.ts';
import iam from '../fixtures/aws-events/apigw-v2-request-iam.json' with { type: 'json' };
import plain from '../fixtures/aws-events/apigw-v2-request-no-authorizer.json' with { type: 'json' };
import { formEvent, httpEvent, jsonEvent, multipartEvent } from '../support/http-events.ts';

type Event = Parameters<typeof readRequest>[0];

describe('readRequest', () => {
  it('decodes a form, which API Gateway delivers Base64-encoded (RF-03)', () => {
    const event = formEvent('POST /opt-outs', { address: 'jäne@example.org' });
    expect(event.isBase64Encoded).toBe(true);
    expect(event.body).not.toContain('address');
    expect(readRequest(event).body.toString()).toBe('address=j%C3%A4ne%40example.org');
  });

  it('decodes a multipart form byte for byte (RF-02, RF-03)', () => {
    const event = multipartEvent('POST /u/{token}', { 'List-Unsubscribe': 'One-Click' }, { boundary: 'x' });
    expect(event.isBase64Encoded).toBe(true);
    expect(readRequest(event).body.toString()).toContain('name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--');
  });

  it('takes JSON as it comes, though it looks like Base64', () => {
    const event = jsonEvent('POST /v1/checks', 'aGVsbG8=', { scopes: ['heed/checks:read'] });
    expect(event.isBase64Encoded).toBe(false);
    expect(readRequest(event).body.toString()).toBe('"aGVsbG8="');
  });

  it('reads method, route, token, query and headers', () => {
    const event = httpEvent('GET /u/{token}', {
      token: 'abc',
      query: { lang: 'de' },
      headers: { 'Accept-Language': 'fr' },
    });
    expect(readRequest(event)).toMatchObject({
      method: 'GET',
      route: 'GET /u/{token}',
      token: 'abc',
      query: { lang: 'de' },
      headers: { 'accept-language': 'fr' },
    });
  });

  it('reads AWS’s own examples, with nothing where nothing was sent', () => {
    expect(readRequest(plain as unknown as Event)).toMatchObject({
      method: 'GET',
      token: '',
      query: {},
      body: Buffer.alloc(0),
    });
    expect(readRequest(iam as unknown as Event)).toMatchObject({
      query: { parameter1: 'value1,value2' },
      body: Buffer.from('{\r\n\t"a": 1\r\n}'),
    });
  });
});

describe('replies', () => {
  it('name their character set or are JSON (EM-07)', () => {
    expect(htmlReply(200, '<p>')).toEqual({ status: 200, body: '<p>', contentType: 'text/html; charset=utf-8' });
    expect(jsonReply(201, { a: 1 })).toEqual({ status: 201, body: '{"a":1}', contentType: 'application/json' });
  });
});
