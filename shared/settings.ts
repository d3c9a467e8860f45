import * as z from 'zod/mini';
import { REACH_DAYS } from './domain/policy.ts';
import { LIST_PATTERN } from './domain/scope.ts';
import { ENV } from './names.ts';

/** Languages that we speak, as BCP 47 tags: one file of texts each in `shared/i18n`. */
export const LOCALES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'sv', 'da', 'cs', 'ja'] as const;

// A value that cannot be read is not measured as well.
const COLOUR = z.string().check(z.regex(/^#[0-9a-f]{6}$/, { abort: true }));

/** How pages and mails look; kept small, as it stands in every function's environment. Contrast is checked at synth (infra/contrast.ts). */
const lookSchema = z.strictObject({
  /** Colour of links, buttons and focus, on a light ground and on a dark one. Absent `dark`: made from the light one. */
  accent: z.optional(z.strictObject({ light: COLOUR, dark: z.optional(COLOUR) })),
  /** Fonts that the reader's system brings along. */
  font: z.optional(z.enum(['sans', 'serif'])),
  /** Name of a file in `shared/views/logos`, without `.svg`. Absent: the brand's name as text. */
  logo: z.optional(z.string().check(z.regex(/^[a-z0-9-]{1,40}$/, { abort: true }))),
});

const siteSchema = z.strictObject({
  /** Stable name of the site, as in the form's hidden field `site`. */
  id: z.string().check(z.regex(/^[a-z0-9-]{1,40}$/)),
  /** Origin (scheme, host, port) whose pages may call the API: the CORS allow-list. */
  origin: z.url(),
  brand: z.string().check(z.minLength(1), z.maxLength(80)),
  /** Where a form's sender goes after an opt-out; absent: Heed's own page. */
  thankYouUrl: z.optional(z.url()),
  /** Where it differs from the stage's. */
  look: z.optional(lookSchema),
});

const textNumberSchema = z.strictObject({
  /** E.164. */
  number: z.string().check(z.regex(/^\+[1-9]\d{6,14}$/)),
  /** AWS's id of the number, `phone-…`: what the right to send is bound to. */
  id: z.string().check(z.regex(/^phone-\w{1,64}$/)),
  /** The carrier (always, for US toll-free numbers) or AWS (unless opt-outs are self-managed) answers STOP: Heed sends no second text (TC-05). */
  isAnswered: z.boolean(),
});

/** What functions know of their stage. Public by nature: it stands in an environment variable. */
export const settingsSchema = z.strictObject({
  stage: z.string(),
  controller: z.strictObject({
    name: z.string().check(z.minLength(1)),
    /** Shown in every mail (CS-06). One line per element. */
    postalAddress: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
  }),
  /** From address of receipts; its domain is the SES identity. */
  sender: z.strictObject({ name: z.string().check(z.minLength(1)), address: z.email() }),
  /** Where people can opt out by mail, if the stage takes mails in (RF-08). Stands in the `List-Unsubscribe` of links that senders mint. */
  inboundMail: z.optional(z.strictObject({ address: z.email() })),
  sites: z.array(siteSchema).check(z.minLength(1)),
  look: z.optional(lookSchema),
  /**
   * Lists that a form or the public API may name. Anybody can post anything there: other names could hold personal data, or pile up under
   * a stranger's address. Links that senders have Heed mint may name any list; those minted offline, as by anybody, only these.
   */
  lists: z.array(z.string().check(z.regex(LIST_PATTERN))).check(z.maxLength(50)),
  /** Languages that the stage offers, first one the fallback. */
  locales: z.array(z.enum(LOCALES)).check(z.minLength(1)),
  /** Our numbers that people can text to. Absent: none, and nothing is deployed for it. */
  texts: z.optional(
    z.strictObject({
      numbers: z.array(textNumberSchema).check(z.minLength(1)),
      /** Name of AWS's own opt-out list of these numbers. Absent: `Default`, which every account has. */
      optOutList: z.optional(z.string().check(z.regex(/^[\w-]{1,64}$/))),
    }),
  ),
  /** When presses of buttons are taken for those of a program, and how long back staff can undo them. Absent: `DEFAULT_BURSTS`. */
  bursts: z.optional(
    z.strictObject({
      /** So many different people from one network. More than an office or a household sends in that time. */
      subjects: z.int().check(z.gte(3)),
      /** Within so many minutes. */
      minutes: z.int().check(z.gte(1), z.lte(60)),
      /** Whole days back. */
      days: z.int().check(z.gte(1), z.lte(REACH_DAYS)),
    }),
  ),
  ledger: z.strictObject({
    /** Records that may wait for the scheduled seal; each time as many have come, a seal is asked for. */
    maxWaiting: z.int().check(z.gte(1)),
    /** Whole minutes between scheduled seals. */
    sealEveryMinutes: z.int().check(z.gte(1)),
  }),
  /** Periods of our own records; those of customers' data stand in the retention schedule. */
  retention: z.strictObject({
    /** Whole days. CC-25 asks for at least 24 months (731 days at most) after the answer; the rest is margin. */
    requestDays: z.int().check(z.gte(760)),
    /** How long TTL may be late before the sweeper deletes (DD-01). Whole hours. */
    sweepAfterHours: z.int().check(z.gte(0)),
    /** Days that pass between the release of a hold, or a shorter schedule, and the deletion of what is due then. */
    graceDays: z.int().check(z.gte(0)),
  }),
});

export type Settings = z.infer<typeof settingsSchema>;
export type Look = z.infer<typeof lookSchema>;
export type Site = Settings['sites'][number];
export type Locale = (typeof LOCALES)[number];

/** How a site's pages look, or the stage's own. */
export function lookOf({ look }: Settings, site?: Site): Look {
  return { ...look, ...site?.look };
}

/** Name of the phone network's own opt-out list. */
export function textOptOutList(texts: Settings['texts']): string {
  return texts?.optOutList ?? 'Default';
}

/** Settings of the running function. Throws at start, before any request, when the deployment is wrong. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  return settingsSchema.parse(JSON.parse(readVariable(ENV.settings, environment)));
}

/** One environment variable, or an error that names it. */
export function readVariable(name: string, environment: NodeJS.ProcessEnv = process.env): string {
  const value = environment[name];
  if (!value) throw new Error(`The environment variable ${name} is not set`);
  return value;
}
