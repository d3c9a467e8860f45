import { CREDENTIALS } from './emulator.ts';

/** Configuration of an SDK client for the local AWS. Buckets are addressed by path: their host names do not resolve. */
export function clientOptions({ endpoint, region }: { endpoint: string; region: string }) {
  return { endpoint, region, credentials: CREDENTIALS, forcePathStyle: true };
}
