import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseConfig, readConfig } from '../../infra/config.ts';
import { contrastProblems } from '../../infra/contrast.ts';
import { logoProblems, svgProblems } from '../../infra/logo.ts';
import { ENV } from '../../shared/names.ts';
import type { Look } from '../../shared/settings.ts';

const dev = readConfig({});
const withLook = (look: object) => () =>
  parseConfig('dev', { ...dev, settings: { ...dev.settings, look: { ...dev.settings.look, ...look } } });
const accent = (light: string, dark?: string): Look => ({ accent: { light, ...(dark && { dark }) } });

describe('contrast of a look (WC-01)', () => {
  it('is enough in our own colours, in light and in dark', () => {
    expect(contrastProblems({})).toEqual([]);
  });

  it.each([accent('#0b3d91'), accent('#7a1f5c', '#f0a6d4'), accent('#333333')])('is enough in %o', (look) => {
    expect(contrastProblems(look)).toEqual([]);
  });

  it('is refused with what was measured', () => {
    expect(contrastProblems(accent('#ffcc00'))[0]).toMatch(
      /^In the light scheme accent #ffcc00 on sheet #ffffff has a contrast of 1\.5\d:1; WCAG 2\.2 asks for 4\.5:1$/,
    );
    expect(contrastProblems(accent('#0b3d91', '#203040')).join()).toMatch(/dark scheme accent #203040 on sheet/);
  });

  it('stops the synthesis, for the stage and for a single site', () => {
    expect(withLook(accent('#ffcc00'))).toThrow(/1\.5\d:1[\s\S]*settings\.look/);
    const sites = dev.settings.sites.map((site) => ({ ...site, look: accent('#8899aa') }));
    expect(() => parseConfig('dev', { ...dev, settings: { ...dev.settings, sites } })).toThrow('sites[0].look');
  });

  it.each(['red', '#FFF', '#0F5C4A', 'url(x)', '#0f5c4a;}'])('refuses the colour %s', (light) => {
    expect(withLook(accent(light))).toThrow('accent');
  });
});

describe('a logo', () => {
  const svg = (content: string, attributes = 'viewBox="0 0 8 8"') => `<svg ${attributes}>${content}</svg>`;

  it.each(readdirSync('shared/views/logos'))('%s may stand in pages', (file) => {
    expect(logoProblems(file.replace('.svg', ''))).toEqual([]);
  });

  it('is shapes and colours', () => {
    const gradient = '<defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient></defs>';
    const path = '<path d="M0 0h8v8z" fill="url(#a)" transform="rotate(-45 4 4) scale(.5)"/>';
    expect(svgProblems(svg(`${gradient}<g opacity=".5">${path}</g>`))).toEqual([]);
  });

  it.each([
    ['<script>alert(1)</script>'],
    ['<style>*{}</style>'],
    ['<image href="https://example.org/x.png"/>'],
    ['<use xlink:href="#a"/>'],
    ['<foreignObject><p>x</p></foreignObject>'],
    ['<path onload="x"/>'],
    ['<path style="fill:red"/>'],
    ['<path fill="url(https://example.org/#a)"/>'],
    ['<path fill="url( //example.org/x)"/>'],
    ['<path d=M0/>'],
    ['<animate attributeName="x"/>'],
    ['words'],
    ['<!-- comment -->'],
    ['<path fill="&#106;"/>'],
  ])('is refused with %s', (content) => {
    expect(svgProblems(svg(content))).not.toEqual([]);
  });

  it('is refused when it is heavy, without a viewBox, or missing', () => {
    expect(svgProblems(svg(`<path d="${'M0 0'.repeat(1100)}"/>`)).join()).toMatch(/more than 4096/);
    expect(svgProblems(svg('', 'width="8"')).join()).toMatch('viewBox');
    expect(withLook({ logo: 'nobody' })).toThrow('There is no file shared/views/logos/nobody.svg');
    expect(withLook({ logo: '../x' })).toThrow('logo');
  });
});

it('leaves room in the environment of a function, which takes 4 kB', () => {
  const look = { accent: { light: '#0b3d91', dark: '#abcdef' }, font: 'serif', logo: 'example-shop' } as const;
  const sites = Array.from({ length: 10 }, (_, at) => ({
    id: `shop-${at}`,
    origin: `https://shop-${at}.example.com`,
    brand: `Example Shop ${at}`,
    thankYouUrl: `https://shop-${at}.example.com/thank-you`,
    look,
  }));
  const settings = JSON.stringify({ ...dev.settings, look, sites });
  expect(Buffer.byteLength(`${ENV.settings}=${settings}`)).toBeLessThan(3600);
});
