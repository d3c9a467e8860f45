import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as cli from '../../functions/prove-consistency/cli.ts';
import { runCommand } from '../../shared/adapters/run-command.ts';
import { checkConsistency } from '../../shared/domain/ledger/consistency.ts';
import {
  byCodeUnit,
  checkpointPath,
  logKey,
  objectPath,
  type SampleLedger,
  sampleLedger,
} from '../support/ledger-folder.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';

const COMMANDS = { 'prove-consistency': { summary: 'proves', load: () => Promise.resolve(cli) } };
const s3 = mockClient(S3Client);
let ledger: SampleLedger;

beforeEach(async () => {
  s3.reset();
  ledger = await sampleLedger({ sizes: [4, 7, 1, 9], sealed: [0, 1, 3] });
  s3.on(ListObjectsV2Command).callsFake(({ Prefix = '', StartAfter = '' }) => {
    const keys = [...ledger.files.keys()].map((key) => `audit/${key}`).sort(byCodeUnit);
    const found = keys.filter((key) => key.startsWith(Prefix) && key > StartAfter);
    return { Contents: found.map((Key) => ({ Key })), IsTruncated: false };
  });
  s3.on(GetObjectCommand).callsFake(({ Key }) => {
    const bytes = ledger.files.get(String(Key).replace('audit/', '')) ?? expect.fail(Key);
    return { ContentLength: bytes.length, Body: { transformToByteArray: () => Promise.resolve(bytes) } };
  });
});

afterEach(() => s3.reset());

describe('prove-consistency s3://', () => {
  it("proves from a bucket, and asks for nothing before the older one's last object", async () => {
    const terminal = memoryTerminal();
    const args = ['prove-consistency', 's3://trail/audit', '11', '21', '--json'];
    expect(await runCommand(COMMANDS, args, terminal)).toBe(0);
    expect(checkConsistency(JSON.parse(terminal.printed()), [logKey])).toMatchObject({ kind: 'proven' });
    const keys = s3.commandCalls(GetObjectCommand).map((call) => call.args[0].input.Key);
    expect(keys.filter((key) => key?.startsWith('audit/ledger/'))).toEqual(
      [1, 2, 3].map((object) => `audit/${objectPath(object)}`),
    );
    expect(keys).not.toContain(`audit/${checkpointPath(4)}`);
  });

  it('ends with 2 when the bucket does not answer', async () => {
    s3.on(GetObjectCommand).rejects(new Error('no answer'));
    const terminal = memoryTerminal();
    expect(await runCommand(COMMANDS, ['prove-consistency', 's3://trail/audit', '11', '21'], terminal)).toBe(2);
    expect(terminal.printed()).toBe('');
  });
});
