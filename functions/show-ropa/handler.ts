import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { log } from '../../shared/adapters/log.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { readSettings } from '../../shared/settings.ts';

const settings = readSettings();

// Written beside the bundle by the deploy, from the retention schedule of its stage; see infra/written-ropa.ts.
const record = readFileSync(join(process.env.LAMBDA_TASK_ROOT ?? '.', 'ropa.json'), 'utf8');

export const handler = httpDoor(() => ({ status: 200, body: record, contentType: 'application/json' }), {
  settings,
  report: (error, route) => log('error', 'The record of processing could not be shown', { error, route }),
});
