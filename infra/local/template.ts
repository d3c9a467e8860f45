import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';

const resourceSchema = z.object({
  Type: z.string(),
  Properties: z.optional(z.record(z.string(), z.unknown())),
});
const templateSchema = z.object({ Resources: z.record(z.string(), resourceSchema) });

export type Resource = z.infer<typeof resourceSchema>;

const SUFFIX = '.template.json';

/** Resources of all synthesised templates, by stack name and logical id. */
export async function readTemplates(folder: string) {
  const files = (await readdir(folder)).filter((name) => name.endsWith(SUFFIX));
  const templates = files.map(async (name) => {
    const { Resources } = templateSchema.parse(JSON.parse(await readFile(join(folder, name), 'utf8')));
    return [name.slice(0, -SUFFIX.length), Resources] as const;
  });
  return Object.fromEntries(await Promise.all(templates));
}
