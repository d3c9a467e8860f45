// Prints "N passed, N failed" from vitest's own report. A file that could not even be loaded counts as one failure.
import { existsSync, readFileSync } from 'node:fs';

const [file] = process.argv.slice(2);
const report = file !== undefined && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
const unloaded =
  report?.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
    .length ?? 1;
const passed = report?.numPassedTests ?? 0;
const failed = (report?.numFailedTests ?? 0) + unloaded;

process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
