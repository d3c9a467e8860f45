import { describe, expect, it } from 'vitest';
import { ledgerOrigin, parseConfig, readConfig, type StageConfig } from '../../infra/config.ts';
import { stages } from '../../infra/stages.ts';

const dev = readConfig({});
const refusal = (change: (config: StageConfig) => unknown) => () => parseConfig('dev', change(structuredClone(dev)));

describe('readConfig', () => {
  it('is dev unless a stage is named', () => {
    expect(dev.settings.stage).toBe('dev');
  });

  it.each(Object.keys(stages))('accepts the stage %s', (stage) => {
    expect(readConfig({ stage }).settings.stage).toBe(stage);
  });

  it.each(['production', 'constructor', ''])('refuses the unknown stage "%s" and names the known ones', (stage) => {
    expect(() => readConfig({ stage })).toThrow(`Unknown stage "${stage}". Known stages: dev, prod`);
  });

  it('takes the public URL and one more site from the command line', () => {
    const config = readConfig({ publicUrl: 'http://localhost:8080', siteOrigin: 'http://localhost:8081' });
    expect(config.publicUrl).toBe('http://localhost:8080');
    expect(config.settings.sites.at(-1)).toMatchObject({
      origin: 'http://localhost:8081',
      thankYouUrl: 'http://localhost:8081/thank-you',
    });
  });

  it.each(['http://links.example.com', 'https://links.example.com/', 'https://links.example.com/x'])(
    'refuses the public URL %s',
    (publicUrl) => expect(() => readConfig({ publicUrl })).toThrow('publicUrl'),
  );
});

it("names a stage's ledger by its mail domain, unless it has a name of its own", () => {
  expect(ledgerOrigin(dev)).toBe('example.com/heed/dev');
  expect(ledgerOrigin({ ...dev, ledger: { ...dev.ledger, origin: 'audit.example.org' } })).toBe('audit.example.org');
});

describe('a configuration', () => {
  it('needs a postal address (CS-06)', () => {
    const without = refusal(({ settings: { controller, ...settings }, ...config }) => ({
      ...config,
      settings: { ...settings, controller: { name: controller.name } },
    }));
    expect(without).toThrow('postalAddress');
    expect(refusal((config) => set(config, 'postalAddress', []))).toThrow('postalAddress');
    expect(refusal((config) => set(config, 'postalAddress', ['']))).toThrow('postalAddress');
  });

  it("needs the controller's name", () => {
    expect(refusal((config) => set(config, 'name', ''))).toThrow('controller.name');
  });

  it('needs a sender inside the SES identity', () => {
    expect(refusal((config) => ({ ...config, mailDomain: 'ample.com' }))).toThrow('mailDomain');
    expect(refusal((config) => ({ ...config, mailDomain: 'example.com' }))).not.toThrow();
  });

  it('refuses a compliance lock that ends before 24 months and a margin (CC-25)', () => {
    const lock = (days: number) => refusal((config) => ({ ...config, auditLock: { mode: 'compliance', days } }));
    expect(lock(759)).toThrow('auditLock.days');
    expect(lock(760)).not.toThrow();
  });

  it.each(['', 'my ledger', 'a+b', 'tab\tbed', 'no\u00a0break'])(
    'refuses "%s" as the name of the ledger: C2SP takes no spaces and no plus',
    (origin) =>
      expect(refusal((config) => ({ ...config, ledger: { ...config.ledger, origin } }))).toThrow('ledger.origin'),
  );

  it('refuses to leave the ledger unsealed for more than an hour', () => {
    const every = (sealEveryMinutes: number) =>
      refusal(({ settings, ...config }) => ({
        ...config,
        settings: { ...settings, ledger: { ...settings.ledger, sealEveryMinutes } },
      }));
    expect(every(61)).toThrow('sealEveryMinutes');
    expect(every(60)).not.toThrow();
  });

  it('refuses bursts that a household could make, or that outlast the addresses of those who must be told', () => {
    const bursts = (change: object) =>
      refusal(({ settings, ...config }) => ({
        ...config,
        settings: { ...settings, bursts: { subjects: 10, minutes: 10, days: 7, ...change } },
      }));
    expect(bursts({})).not.toThrow();
    expect(bursts({ subjects: 2 })).toThrow('subjects');
    expect(bursts({ minutes: 61 })).toThrow('minutes');
    expect(bursts({ days: 15 })).toThrow('days');
  });

  it('refuses a copy of the ledger that is none', () => {
    const replica = { bucketArn: 'heed-copy', keyArn: 'arn:aws:kms:x:1:alias/y', account: '1' };
    expect(refusal((config) => ({ ...config, ledger: { ...config.ledger, replica } }))).toThrow('ledger.replica');
  });

  it.each(['https://shop.example.com/', 'http://shop.example.com', 'https://shop.example.com/page'])(
    "refuses %s as a site's origin: CORS would allow nobody",
    (origin) => expect(refusal((config) => ({ ...config, ...siteWith(config, { origin }) }))).toThrow('origin'),
  );

  it('refuses a thank-you page outside its site', () => {
    const thankYouUrl = 'https://shop.example.com.example.net/';
    expect(refusal((config) => ({ ...config, ...siteWith(config, { thankYouUrl }) }))).toThrow('thankYouUrl');
  });

  it('refuses what it does not know', () => {
    expect(refusal((config) => ({ ...config, auht: {} }))).toThrow('auht');
  });
});

function set(config: StageConfig, field: 'name' | 'postalAddress', value: unknown) {
  const { settings } = config;
  return { ...config, settings: { ...settings, controller: { ...settings.controller, [field]: value } } };
}

function siteWith({ settings }: StageConfig, change: object) {
  return { settings: { ...settings, sites: settings.sites.map((site) => ({ ...site, ...change })) } };
}
