import * as z from 'zod';
import { heed } from './world.ts';

export interface OpenApi {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
}

export interface Operation {
  operationId: string;
  parameters?: { name: string; in: string; required: boolean }[];
  responses: Record<string, { description: string }>;
  security: Record<string, string[]>[];
}

export async function readOpenApi(): Promise<OpenApi> {
  return JSON.parse((await heed('/openapi.json')).body);
}

/** Reads a published schema back, so that answers are held against what clients see. */
export async function schemaOf(name: string): Promise<z.ZodType> {
  const schema = (await readOpenApi()).components.schemas[name];
  if (schema === undefined) throw new Error(`The document has no schema ${name}`);
  return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
}
