import { gunzipSync } from 'node:zlib';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { strictGunzip } from '../../../shared/adapters/ledger-sources/strict-gunzip.ts';
import type { Defect } from '../../../shared/domain/ledger/defect.ts';
import { noteKey } from '../../../shared/domain/ledger/note-keys.ts';
import { lineText, objectLines } from '../../../shared/domain/ledger/object-lines.ts';
import type { LedgerRecord } from '../../../shared/domain/ledger/record.ts';
import { verifyLedger } from '../../../shared/domain/ledger/verify-ledger.ts';
import { CHECKPOINT_PREFIX, KEY_PREFIX, LEDGER_PREFIX } from '../../../shared/names.ts';
import type { FakeAws } from './fake-aws.ts';
import { keysUnder } from './fake-s3.ts';

/** Name of the ledger that the functions write in tests. */
export const TEST_ORIGIN = 'heed.example.org/ledger';

interface Placed {
  object: number;
  index: number;
  record: LedgerRecord;
}

/** The ledger's records as lines, in order. */
export function ledgerLines({ objects }: FakeAws): string[] {
  return linesByObject(objects).flat();
}

/** All that the bucket holds, as text: keys of objects, the ledger's objects unpacked, checkpoints and public keys. */
export function bucketTexts({ objects }: FakeAws): string[] {
  const unpacked = keysUnder(objects, LEDGER_PREFIX).map((key) => textOf(gunzipSync(objects.get(key) ?? '')));
  const notes = [CHECKPOINT_PREFIX, KEY_PREFIX].flatMap((prefix) => keysUnder(objects, prefix));
  return [...objects.keys(), ...unpacked, ...notes.map((key) => textOf(objects.get(key)))];
}

/** All that the verifier finds in the bucket, which must be sealed up to its end under the key in KMS. */
export async function ledgerDefects({ objects, kms }: FakeAws): Promise<Defect[]> {
  const stored = (prefix: string) =>
    keysUnder(objects, prefix).map((key) => ({ key, bytes: objects.get(key) ?? Buffer.alloc(0) }));
  const found: Defect[] = [];
  const verified = verifyLedger({
    objects: each(stored(LEDGER_PREFIX)),
    checkpoints: each(stored(CHECKPOINT_PREFIX).map(({ key, bytes }) => ({ key, text: textOf(bytes) }))),
    keys: [noteKey(TEST_ORIGIN, kms.publicKey)],
    gunzip: strictGunzip,
    limits: { unsealedRecords: 0 },
  });
  for await (const defect of verified) found.push(defect);
  return found;
}

/** Whether the bucket holds the key in KMS in the form that a verifier takes, and no other. */
export function isKeyPublished({ objects, kms }: FakeAws): boolean {
  const { id, vkey } = noteKey(TEST_ORIGIN, kms.publicKey);
  const published = keysUnder(objects, KEY_PREFIX).map((key) => `${key} ${textOf(objects.get(key))}`);
  return published.join() === `${KEY_PREFIX}${id}.vkey ${vkey}\n`;
}

/** Keys of all checkpoints, which name the sealed trees' sizes, and of all public keys. */
export function sealedKeys({ objects }: FakeAws): string[] {
  return [CHECKPOINT_PREFIX, KEY_PREFIX].flatMap((prefix) => keysUnder(objects, prefix));
}

/** Received requests whose noted place is not the one where their record stands. */
export function misplacedRequests({ objects, ledgerTable }: FakeAws): LedgerRecord[] {
  const items = ledgerTable.items().map((item) => unmarshall(item));
  const places = new Map(items.map(({ pk, object, index }) => [pk, `${object} ${index}`]));
  const received = placedRecords(linesByObject(objects)).filter(({ record }) => record.event === 'request.created');
  return received
    .filter(({ object, index, record }) => places.get(`PLACE#${record.facts.requestId}`) !== `${object} ${index}`)
    .map(({ record }) => record);
}

function placedRecords(objects: readonly string[][]): Placed[] {
  const placed = objects.flatMap((lines, object) => lines.map((line) => ({ object, record: JSON.parse(line) })));
  return placed.map((one, index) => ({ ...one, index }));
}

function linesByObject(objects: FakeAws['objects']): string[][] {
  const keys = keysUnder(objects, LEDGER_PREFIX);
  return keys.map((key) => [...objectLines(gunzipSync(objects.get(key) ?? '')).records].map(lineText));
}

function textOf(bytes: Uint8Array = new Uint8Array()): string {
  return Buffer.from(bytes).toString('utf8');
}

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}
