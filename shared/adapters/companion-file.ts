import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file that the deploy wrote beside the bundle. Throws at start, before any request, when it is missing. */
export function readCompanion(name: string, environment: NodeJS.ProcessEnv = process.env): string {
  return readFileSync(join(environment.LAMBDA_TASK_ROOT ?? '.', name), 'utf8');
}
