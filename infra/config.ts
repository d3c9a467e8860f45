import * as z from 'zod';
import { scheduleSchema } from '../shared/domain/retention/schedule.ts';
import { lookOf, type Settings, type Site, settingsSchema } from '../shared/settings.ts';
import { contrastProblems } from './contrast.ts';
import { logoProblems } from './logo.ts';
import { stages } from './stages.ts';
import { statementsSchema } from './statements.ts';
import { withBrief, writtenSchedule } from './written-schedule.ts';

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

const replicaSchema = z.strictObject({
  /** Bucket with Object Lock and versions, whose policy lets this stage's replication role in. */
  bucketArn: z.string().regex(/^arn:aws:s3:::[a-z0-9.-]{3,63}$/),
  /** Symmetric key of that bucket; it names the Region. */
  keyArn: z.string().regex(/^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/),
  /** Account of the bucket. */
  account: z.string().regex(/^\d{12}$/),
});

export type Replica = z.infer<typeof replicaSchema>;

/** How the ledger is sealed and kept; when it is sealed stands in the settings. */
const ledgerSchema = z.strictObject({
  /** Kind of the KMS key. Ed25519 is what most checkers of signed notes know; not every Region's KMS has it. */
  signing: z.enum(['ecdsa-p256', 'ed25519']),
  /** Name of the ledger in its checkpoints. C2SP tlog-checkpoint: no spaces, no plus. Absent: `<mailDomain>/heed/<stage>`. */
  origin: z.optional(z.string().regex(/^[^\s+]{1,200}$/u)),
  /** A second copy, best in another account. Absent: none. */
  replica: z.optional(replicaSchema),
});

/** What the record of processing says besides the schedule (GDPR Art. 30(1)(a) and (e)). */
const accountabilitySchema = z.strictObject({
  /** BCP 47 tag of the language in which the schedule and these lines are written. */
  writtenIn: z.optional(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/)),
  /** Name and contact of the representative in the Union (Art. 27). */
  representative: z.optional(z.string().min(1)),
  dataProtectionOfficer: z.optional(z.string().min(1)),
  /** Third countries, each with its safeguards. Absent: data go to none. */
  transfers: z.optional(z.array(z.string().min(1))),
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
      z.strictObject({
        kind: z.literal('cognito'),
        /** Whether the client of senders may get staff's scope as well. For demos: senders are no staff. */
        machinesAreStaff: z.boolean().optional(),
      }),
      z.strictObject({ kind: z.literal('oidc'), issuer: z.url({ protocol: /^https$/ }), audience: z.string().min(1) }),
    ]),
    /** Default Object Lock retention of the audit bucket. */
    auditLock: retentionSchema,
    ledger: ledgerSchema,
    /** What the stage states to the public; see `statements.ts`. */
    statements: statementsSchema,
    /** How long customers' data are kept, and why. What a stage writes stands over the defaults, class by class; `null` takes one out. */
    schedule: scheduleSchema,
    accountability: z.optional(accountabilitySchema),
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
  /** Adds a class `brief` that is kept for so long, an ISO 8601 duration, and lets the sweeper come at once: to see an end. */
  briefPeriod?: string | undefined;
  /** Adds a number that people can text to, with the id `phone-demo`. */
  textNumber?: string | undefined;
}

/** The checked configuration of one stage, `dev` unless named. Throws with the field and the reason before anything is built. */
export function readConfig({ stage = 'dev', publicUrl, siteOrigin, briefPeriod, textNumber }: Overrides): StageConfig {
  const written = Object.hasOwn(stages, stage) ? stages[stage] : undefined;
  if (written === undefined) {
    throw new Error(`Unknown stage "${stage}". Known stages: ${Object.keys(stages).join(', ')}`);
  }
  const { retentionSchedule, ...config } = written;
  return parseConfig(stage, {
    ...config,
    schedule: writtenSchedule(withBrief(retentionSchedule, briefPeriod)),
    settings: {
      ...written.settings,
      stage,
      sites: [...written.settings.sites, ...demoSite(siteOrigin)],
      ...(briefPeriod === undefined ? {} : { retention: { ...written.settings.retention, sweepAfterHours: 0 } }),
      ...demoTexts(textNumber),
    },
    ...(publicUrl === undefined ? {} : { publicUrl }),
  });
}

/** Checks a configuration. Throws with every field that is missing or wrong. */
export function parseConfig(stage: string, written: unknown): StageConfig {
  const parsed = configSchema.safeParse(written);
  if (parsed.success) return parsed.data;
  throw new Error(`The configuration of stage "${stage}" is incomplete or wrong:\n${z.prettifyError(parsed.error)}`);
}

/** Name of the stage's ledger in its checkpoints. */
export function ledgerOrigin({ settings, mailDomain, ledger }: StageConfig): string {
  return ledger.origin ?? `${mailDomain}/heed/${settings.stage}`;
}

function demoSite(origin: string | undefined): Site[] {
  return origin === undefined ? [] : [{ id: 'demo', origin, brand: 'Demo Shop', thankYouUrl: `${origin}/thank-you` }];
}

function demoTexts(number: string | undefined): Pick<Settings, 'texts'> {
  return number === undefined ? {} : { texts: { numbers: [{ number, id: 'phone-demo', isAnswered: false }] } };
}

interface Problem {
  path: (string | number)[];
  message: string;
}

function contradictions({ settings, mailDomain }: { settings: Settings; mailDomain: string }): Problem[] {
  const { sender, inboundMail, sites } = settings;
  const mail: Problem[] = [
    ...domainProblems("The sender's domain", sender.address, mailDomain),
    ...(inboundMail ? domainProblems('The domain that takes mails in', inboundMail.address, mailDomain) : []),
  ];
  return [...mail, ...sealProblems(settings), ...lookProblems(settings), ...sites.flatMap(siteProblems)];
}

// SES sends for and receives for verified domains only.
function domainProblems(what: string, address: string, mailDomain: string): Problem[] {
  const domain = address.split('@').at(-1) ?? '';
  if (domain === mailDomain || domain.endsWith(`.${mailDomain}`)) return [];
  return [{ path: ['mailDomain'], message: `${what} ${domain} is not inside the SES identity ${mailDomain}` }];
}

// A receipt is without proof for as long, and so is tampering without notice.
function sealProblems({ ledger }: Settings): Problem[] {
  if (ledger.sealEveryMinutes <= 60) return [];
  return [{ path: ['settings', 'ledger', 'sealEveryMinutes'], message: 'More than an hour without a seal' }];
}

// Measured as it will be shown: a site's look fills its gaps from the stage's (WC-01).
function lookProblems(settings: Settings): Problem[] {
  const looks = [
    { path: ['settings', 'look'], look: lookOf(settings) },
    ...settings.sites.map((site, at) => ({ path: ['settings', 'sites', at, 'look'], look: lookOf(settings, site) })),
  ];
  return looks.flatMap(({ path, look }) =>
    [...contrastProblems(look), ...(look.logo === undefined ? [] : logoProblems(look.logo))].map((message) => ({
      path,
      message,
    })),
  );
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
