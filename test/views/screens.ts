/** The screens on which every page is looked at. */
export const SCREENS = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
} as const;

export const SCHEMES = ['light', 'dark'] as const;

export type Screen = keyof typeof SCREENS;
export type Scheme = (typeof SCHEMES)[number];
