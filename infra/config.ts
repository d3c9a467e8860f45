import * as z from 'zod';
import { type Settings, type Site, settingsSchema } from '../shared/settings.ts';
import { stages } from './stages.ts';

const retentionSchema = z
  .strictObject({
    mode: z.enum(['compliance', 'governance']),
    days: z.int().positive(),
  })
  // CC-25: records of requests are kept for 24 months at least; 760 days leave a margin for the answer's own time.
  .refine(({ mode, days }) => mode === 'governance' || days >= 760, {
    error: 'A compliance lock shorter than 760 days would let records go before 24 months are over (CC-25)',
    path: ['days'],
  });

const configSchema = z
  .strictObject({
    /** What functions know; see `shared/settings.ts`. */
    settings: settingsSchema,
    /** SES identity: the domain of the sender's address, or one above it. */
    mailDomain: z.hostname(),
    /** Origin of all links, for instance a custom domain in front of the API. Absent: the API's own address. */
    publicUrl: z.optional(originSchema()),
    /** Who issues the tokens of machine clients: a Cognito user pool of our own, or any OIDC issuer. */
    auth: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('cognito') }),
      z.strictObject({ kind: z.literal('oidc'), issuer: z.url({ protocol: /^https$/ }), audience: z.string().min(1) }),
    ]),
    /** Default Object Lock retention of the audit bucket. */
    auditLock: retentionSchema,
    logRetentionDays: z.union([z.literal(14), z.literal(30), z.literal(90)]),
  })
  .superRefine((config, context) => {
    for (const problem of contradictions(config)) context.addIssue({ code: 'custom', ...problem });
  });

export type StageConfig = z.infer<typeof configSchema>;

/** What `cdk -c key=value` may change; used to run the same deployment on a local AWS. */
export interface Overrides {
  stage?: string | undefined;
  publicUrl?: string | undefined;
  /** Adds one site (id `demo`) whose thank-you page is `/thank-you`. */
  siteOrigin?: string | undefined;
}

/** The checked configuration of one stage, `dev` unless named. Throws with the field and the reason before anything is built. */
export function readConfig({ stage = 'dev', publicUrl, siteOrigin }: Overrides): StageConfig {
  const written = Object.hasOwn(stages, stage) ? stages[stage] : undefined;
  if (written === undefined) {
    throw new Error(`Unknown stage "${stage}". Known stages: ${Object.keys(stages).join(', ')}`);
  }
  return parseConfig(stage, {
    ...written,
    settings: { ...written.settings, stage, sites: [...written.settings.sites, ...demoSite(siteOrigin)] },
    ...(publicUrl === undefined ? {} : { publicUrl }),
  });
}

/** Checks a configuration. Throws with every field that is missing or wrong. */
export function parseConfig(stage: string, written: unknown): StageConfig {
  const parsed = configSchema.safeParse(written);
  if (parsed.success) return parsed.data;
  throw new Error(`The configuration of stage "${stage}" is incomplete or wrong:\n${z.prettifyError(parsed.error)}`);
}

function demoSite(origin: string | undefined): Site[] {
  return origin === undefined ? [] : [{ id: 'demo', origin, brand: 'Demo Shop', thankYouUrl: `${origin}/thank-you` }];
}

interface Problem {
  path: (string | number)[];
  message: string;
}

function contradictions({ settings, mailDomain }: { settings: Settings; mailDomain: string }): Problem[] {
  const domain = settings.sender.address.split('@').at(-1) ?? '';
  const isInside = domain === mailDomain || domain.endsWith(`.${mailDomain}`);
  const mail: Problem[] = isInside
    ? []
    : [{ path: ['mailDomain'], message: `The sender's domain ${domain} is not inside the SES identity ${mailDomain}` }];
  return [...mail, ...settings.sites.flatMap(siteProblems)];
}

// CORS compares origins letter by letter: a trailing slash or a path would silently allow nobody.
function siteProblems({ origin, thankYouUrl }: Site, index: number): Problem[] {
  const path = ['settings', 'sites', index];
  const problems: Problem[] = [];
  if (!originSchema().safeParse(origin).success) {
    problems.push({ path: [...path, 'origin'], message: 'Not an origin: scheme, host and port, nothing behind them' });
  }
  // An open redirect would lend the service's name to any page.
  if (thankYouUrl !== undefined && !thankYouUrl.startsWith(`${origin}/`)) {
    problems.push({ path: [...path, 'thankYouUrl'], message: `Not below the site's origin ${origin}` });
  }
  return problems;
}

function originSchema() {
  return z.url().refine((text) => URL.canParse(text) && new URL(text).origin === text && isSafe(new URL(text)), {
    error: 'Not an https origin (http only for localhost): scheme, host and port, nothing behind them',
  });
}

function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname));
}
