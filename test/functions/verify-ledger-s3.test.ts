import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, NoSuchKey, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as verifyLedger from '../../functions/verify-ledger/cli.ts';
import { runCommand } from '../../shared/adapters/run-command.ts';
import { byCodeUnit, checkpointPath, objectPath, type SampleLedger, sampleLedger } from '../support/ledger-folder.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';

const COMMANDS = { 'verify-ledger': { summary: 'checks', load: () => Promise.resolve(verifyLedger) } };
const s3 = mockClient(S3Client);
let ledger: SampleLedger;

beforeEach(async () => {
  s3.reset();
  ledger = await sampleLedger({ sizes: [4, 7, 1, 9, 2, 2, 2], sealed: [1, 2, 5] });
  s3.on(ListObjectsV2Command).callsFake(listTwo);
  s3.on(GetObjectCommand).callsFake(({ Key }) => {
    const bytes = ledger.files.get(String(Key).replace('audit/', ''));
    if (bytes === undefined) throw new NoSuchKey({ $metadata: {}, message: 'gone' });
    return { ContentLength: bytes.length, Body: { transformToByteArray: () => Promise.resolve(bytes) } };
  });
});

afterEach(() => s3.reset());

/** Lists as S3 does, two keys a page. */
function listTwo({ Prefix = '', StartAfter = '', ContinuationToken = '' }) {
  const after = ContinuationToken > StartAfter ? ContinuationToken : StartAfter;
  const keys = [...ledger.files.keys()].map((key) => `audit/${key}`).sort(byCodeUnit);
  const found = keys.filter((key) => key.startsWith(Prefix) && key > after);
  const page = found.slice(0, 2);
  return {
    Contents: page.map((Key) => ({ Key })),
    IsTruncated: found.length > page.length,
    ...(found.length > page.length ? { NextContinuationToken: page.at(-1) } : {}),
  };
}

async function heed(...args: string[]) {
  const terminal = memoryTerminal();
  const code = await runCommand(COMMANDS, ['verify-ledger', 's3://trail/audit', ...args], terminal);
  return { code, text: terminal.printed(), complaints: terminal.complaints() };
}

const readKeys = () => s3.commandCalls(GetObjectCommand).map(({ args }) => args[0].input.Key);

describe('verify-ledger s3://', () => {
  it('checks the bucket below the prefix', async () => {
    const { code, text } = await heed('--json');
    expect(code).toBe(0);
    expect(JSON.parse(text)).toMatchObject({ verdict: 'sound', objects: 7, records: 27, checkpoints: 3 });
    expect(s3.commandCalls(GetObjectCommand)[0]?.args[0].input.Bucket).toBe('trail');
  });

  it('finds an object that was overwritten, and one that is gone', async () => {
    ledger.files.set(objectPath(3), Buffer.from('overwritten'));
    ledger.files.delete(objectPath(1));
    const { code, text } = await heed();
    expect(code).toBe(1);
    expect(text).toContain(`object 3 (${objectPath(3)})`);
    expect(text).toContain('DEFECT  missing-object: object 1 ');
  });

  it('asks for nothing before the checkpoint that is held', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'heed-held-'));
    await writeFile(`${folder}/held`, ledger.files.get(checkpointPath(12)) ?? '');
    const { code } = await heed('--since', `${folder}/held`);
    await rm(folder, { recursive: true });
    expect(code).toBe(0);
    expect(readKeys().filter((key) => key?.startsWith('audit/ledger/'))).toEqual(
      [2, 3, 4, 5, 6].map((object) => `audit/${objectPath(object)}`),
    );
    expect(readKeys()).not.toContain(`audit/${checkpointPath(11)}`);
  });

  it('does not take what was sealed meanwhile for a defect', async () => {
    const { files } = ledger;
    const later = await sampleLedger({ sizes: [4, 7, 1, 9, 2, 2, 2, 5], sealed: [1, 2, 5, 7] });
    // The new object comes too late for the listing of objects, its checkpoint not for that of checkpoints.
    s3.on(ListObjectsV2Command).callsFake((query) => {
      const page = listTwo(query);
      if (query.Prefix === 'audit/ledger/')
        files.set(checkpointPath(32), later.files.get(checkpointPath(32)) ?? new Uint8Array());
      return page;
    });
    expect((await heed()).code).toBe(0);
  });

  it('ends with 2 when it may not read', async () => {
    const denied = { name: 'AccessDenied', message: 'Access Denied', $fault: 'client', $metadata: {} } as const;
    s3.on(GetObjectCommand).rejects(new S3ServiceException(denied));
    const { code, complaints } = await heed();
    expect(code).toBe(2);
    expect(complaints).toBe('heed: could not check: AccessDenied: Access Denied\n');
  });
});
