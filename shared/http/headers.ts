import { lookOf, type Settings } from '../settings.ts';
import { styleSheet } from '../views/style.ts';

/** Headers of every answer (EM-07). */
export function sharedHeaders(settings: Settings): Record<string, string> {
  const { sites } = settings;
  // Browsers hold a form's redirect against form-action, too: thank-you pages live on the sites' own origins.
  const formTargets = [
    "'self'",
    ...new Set(sites.flatMap(({ thankYouUrl }) => (thankYouUrl ? [new URL(thankYouUrl).origin] : []))),
  ];
  return {
    'cache-control': 'no-store',
    'content-security-policy': [
      "default-src 'none'",
      `style-src ${styles(settings).join(' ')}`,
      `form-action ${formTargets.join(' ')}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=63072000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex',
  };
}

/** The style sheets of all looks of the stage, and no other. */
function styles(settings: Settings): string[] {
  const looks = [lookOf(settings), ...settings.sites.map((site) => lookOf(settings, site))];
  return [...new Set(looks.map((look) => `'${styleSheet(look).hash}'`))];
}
