import type { Look } from './settings.ts';

/** The colours of one scheme that a brand decides, and the grounds on which they stand. */
export interface Scheme {
  ground: string;
  sheet: string;
  ink: string;
  accent: string;
  /** The accent under the pointer. */
  accentDeep: string;
  /** Text on the accent. */
  onAccent: string;
  /** A ground that is hardly the accent. */
  tint: string;
}

export interface Palette {
  light: Scheme;
  dark: Scheme;
  font: string;
}

const ACCENT = { light: '#0f5c4a', dark: '#7fd6b8' };
const LIGHT = { ground: '#f4f3ef', sheet: '#ffffff', ink: '#1d1f1e' };
const DARK = { ground: '#121513', sheet: '#1b1f1d', ink: '#eceeec' };

const FONTS = {
  sans: 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif',
  serif: 'ui-serif,Georgia,Cambria,"Times New Roman",serif',
};

/** All colours that follow from a look. Plain arithmetic: what the contrast check measures is what every browser shows. */
export function palette({ accent = ACCENT, font = 'sans' }: Look = {}): Palette {
  return {
    light: lightScheme(accent.light),
    dark: darkScheme(accent.dark ?? lighter(accent.light)),
    font: FONTS[font],
  };
}

function lightScheme(accent: string): Scheme {
  const accentDeep = mix(accent, '#000000', 0.25);
  return { ...LIGHT, accent, accentDeep, onAccent: '#ffffff', tint: mix(accent, LIGHT.sheet, 0.92) };
}

function darkScheme(accent: string): Scheme {
  const accentDeep = mix(accent, '#ffffff', 0.35);
  return { ...DARK, accent, accentDeep, onAccent: mix(accent, '#000000', 0.85), tint: mix(accent, DARK.sheet, 0.88) };
}

function lighter(accent: string): string {
  return mix(accent, '#ffffff', 0.55);
}

/** `share` of the second colour in the first one. */
function mix(colour: string, other: string, share: number): string {
  const channel = (from: string, at: number) => Number.parseInt(from.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) => Math.round(channel(colour, at) * (1 - share) + channel(other, at) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
