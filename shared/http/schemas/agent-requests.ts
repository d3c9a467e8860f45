import * as z from 'zod/mini';
import { PERMISSION_TYPES } from '../../domain/permission-file.ts';
import { PERMISSION_STATES } from '../../domain/request.ts';
import { permissionHashSchema } from './intake.ts';
import { addressSchema, localeSchema, oneAddress, optOutAnswerSchema, scopeSchema } from './opt-outs.ts';

/** Longest name of an agent, and longest address, in characters. */
export const AGENT_CHARACTERS = { name: 200, email: 320 } as const;

const permissionSchema = z.strictObject({
  contentType: z.enum(PERMISSION_TYPES),
  data: z.base64().check(z.meta({ description: 'The file, Base64; 3 MB at most before it is encoded' })),
});

/** What `POST /v1/agent-requests` takes: the opt-out of a consumer, asked for by their authorised agent. */
export const agentRequestBodySchema = z
  .strictObject({
    email: z.optional(addressSchema),
    phone: z.optional(addressSchema),
    scopes: z.optional(z.array(scopeSchema).check(z.minLength(1), z.maxLength(20))),
    agent: z.strictObject({
      name: z.string().check(z.minLength(1), z.maxLength(AGENT_CHARACTERS.name)),
      email: z.optional(z.string().check(z.minLength(1), z.maxLength(AGENT_CHARACTERS.email))),
    }),
    permission: z.optional(permissionSchema),
    permissionHash: z.optional(permissionHashSchema),
    powerOfAttorney: z.optional(z.boolean()),
    locale: z.optional(localeSchema),
  })
  .check(
    ...oneAddress,
    z.refine(({ permission, permissionHash }) => permission === undefined || permissionHash === undefined, {
      error: 'Give the permission or its hash, not both',
      path: ['permissionHash'],
    }),
  );
export type AgentRequestBody = z.infer<typeof agentRequestBodySchema>;

/** The opt-out is in force, whatever came along. */
export const agentRequestAnswerSchema = z.extend(optOutAnswerSchema, {
  permission: z.enum(PERMISSION_STATES).check(
    z.meta({
      description:
        'What came of the signed permission. `not-kept`: please send it again; the opt-out is in force all the same',
    }),
  ),
});
export type AgentRequestAnswer = z.infer<typeof agentRequestAnswerSchema>;
