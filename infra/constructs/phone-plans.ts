import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MetadataJson } from 'libphonenumber-js/core';
import plans from 'libphonenumber-js/min/metadata';

/** Where a numbering plan keeps the formats in which its numbers are printed. */
const FORMATS = 4;

const FOLDER = join(import.meta.dirname, '..', '..', '.build');

/**
 * The phone library's numbering plans without their print formats: 50 kB that no function asks for. Made anew for each build, for esbuild
 * to put in the place of the whole ones; returns the file.
 */
export function slimPhonePlans(): string {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, 'phone-plans.json');
  writeFileSync(file, JSON.stringify(withoutFormats(plans)));
  return file;
}

/** A copy that reads every number as the original does and prints none. */
export function withoutFormats(metadata: MetadataJson): MetadataJson {
  const slim = structuredClone(metadata) as unknown as Record<'countries' | 'nonGeographic', Record<string, unknown[]>>;
  for (const plan of [...Object.values(slim.countries), ...Object.values(slim.nonGeographic)]) plan[FORMATS] = 0;
  return slim as unknown as MetadataJson;
}
