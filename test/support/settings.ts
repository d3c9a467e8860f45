import type { Settings } from '../../shared/settings.ts';

/** Origin of every link in tests, without a trailing slash. */
export const TEST_PUBLIC_URL = 'https://heed.example.org';

/** A stage with two sites: only `shop` sends people on to a page of its own. */
export const testSettings: Settings = {
  stage: 'test',
  controller: { name: 'Example Shop Ltd', postalAddress: ['1 High Street', 'London N1 1AA', 'United Kingdom'] },
  sender: { name: 'Example Shop', address: 'privacy@shop.example.org' },
  sites: [
    {
      id: 'shop',
      origin: 'https://shop.example.org',
      brand: 'Example Shop',
      thankYouUrl: 'https://shop.example.org/thank-you',
    },
    { id: 'blog', origin: 'https://blog.example.org', brand: 'Example Blog' },
  ],
  lists: ['weekly', 'weekly-offers'],
  locales: ['en', 'de', 'fr', 'es'],
  texts: {
    numbers: [
      { number: '+12025550100', id: 'phone-own', isAnswered: false },
      { number: '+18335550100', id: 'phone-tollfree', isAnswered: true },
    ],
  },
  ledger: { maxWaiting: 1000, sealEveryMinutes: 5 },
  retention: { requestDays: 760, sweepAfterHours: 24, graceDays: 7 },
};
