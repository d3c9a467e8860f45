import { mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** Root of the repository. */
export const ROOT = join(import.meta.dirname, '..', '..');

/** A path under `.local/`, the git-ignored folder of everything that a local run leaves behind. Makes its parent. */
export function localPath(...parts: string[]): string {
  const path = join(ROOT, '.local', ...parts);
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

/** The caller's environment with the project's own tools first on `PATH`: Node 24 runs the CDK app and the functions. */
export function toolEnvironment(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const tools = join(ROOT, 'node_modules', '.bin');
  return { ...environment, PATH: [tools, environment.PATH ?? ''].join(delimiter) };
}
