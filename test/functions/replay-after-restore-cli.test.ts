import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as replay from '../../functions/replay-after-restore/cli.ts';
import { suppressionKey } from '../../shared/adapters/dynamo/keys.ts';
import { toItem } from '../../shared/adapters/dynamo/table.ts';
import { runCommand } from '../../shared/adapters/run-command.ts';
import { recordLine } from '../../shared/domain/ledger/record.ts';
import type { SubjectKey } from '../../shared/domain/subject.ts';
import { sampleLedger, timeOf, writeLedgerFolder } from '../support/ledger-folder.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';

const COMMANDS = { 'replay-after-restore': { summary: 'replays', load: () => Promise.resolve(replay) } };
const dynamo = mockClient(DynamoDBClient);
let folder: string;

/** One opt-out a second. */
const line = (index: number) =>
  recordLine({
    ...{ v: 1, id: `e${index}`, seq: String(index + 1), event: 'suppression.created', at: timeOf(index) },
    facts: { subjectKey: keyOf(index), version: 1, choices: { 'any:marketing': choice(index) } },
  });
const keyOf = (index: number) => `k1.${String(index).padStart(43, '0')}` as SubjectKey;
const choice = (index: number) =>
  ({
    state: 'opted-out',
    since: timeOf(index).replace('Z', '.000Z'),
    requestId: `req_${index}`,
    manner: 'form',
  }) as const;

beforeAll(async () => {
  const { files } = await sampleLedger({ sizes: [5, 5], sealed: [1], line });
  folder = await writeLedgerFolder(files);
});
afterAll(() => rm(folder, { recursive: true }));

beforeEach(() => {
  dynamo.reset();
  dynamo.on(GetItemCommand).resolves({});
  dynamo.on(PutItemCommand).resolves({});
  dynamo
    .on(DescribeTimeToLiveCommand)
    .resolves({ TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' } });
  dynamo.on(DescribeContinuousBackupsCommand).resolves({
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' },
    },
  });
  dynamo.on(DescribeTableCommand).resolves({
    Table: {
      DeletionProtectionEnabled: true,
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    },
  });
});

async function heed(...more: string[]) {
  const terminal = memoryTerminal('', '2026-11-24T09:00:00Z');
  const args = ['replay-after-restore', folder, '--registry', 'R2', '--contacts', 'C2', ...more];
  const code = await runCommand(COMMANDS, args, terminal);
  return { code, text: terminal.printed(), complaints: terminal.complaints() };
}

describe('heed replay-after-restore', () => {
  it('replays from the restore point on, and ends with 0 when nothing is missing', async () => {
    const { code, text } = await heed('--since', timeOf(7), '--apply');
    expect({ code, text }).toMatchObject({
      code: 0,
      text: expect.stringMatching(/^3 records since .* done:\n {2}3 choices/),
    });
    const puts = dynamo.commandCalls(PutItemCommand).map(({ args: [{ input }] }) => input);
    expect(puts).toHaveLength(3);
    expect(puts[0]).toEqual({
      TableName: 'R2',
      ConditionExpression: 'attribute_not_exists(pk)',
      Item: toItem({
        ...suppressionKey(keyOf(7)),
        'scope#any:marketing': choice(7),
        lastOptOut: choice(7).since,
        subjectKey: keyOf(7),
        version: 1,
      }),
    });
  });

  it('only says what would be done unless told to apply, and ends with 1', async () => {
    const { code, text } = await heed('--since', timeOf(7));
    expect([code, dynamo.commandCalls(PutItemCommand)]).toEqual([1, []]);
    expect(text).toContain('Nothing was changed');
  });

  it('names what a restore does not bring back, and ends with 1 (DD-09)', async () => {
    dynamo.on(DescribeTimeToLiveCommand).resolves({ TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } });
    dynamo.on(DescribeContinuousBackupsCommand).resolves({});
    dynamo.on(DescribeTableCommand).resolves({ Table: {} });
    const { code, text } = await heed('--since', timeOf(9), '--apply');
    expect(code).toBe(1);
    for (const table of ['registry', 'contacts'])
      expect(text.match(new RegExp(`^MISSING {2}${table}: .*$`, 'gm'))).toHaveLength(4);
    expect(text).toContain('point the functions at it');
  });

  it('refuses a ledger that is not sound, unless told to trust it', async () => {
    await writeFile(join(folder, 'ledger/stray'), '');
    const refused = await heed('--since', timeOf(7), '--apply');
    expect(refused).toMatchObject({ code: 2, complaints: expect.stringContaining('the ledger has 1 defects') });
    expect(dynamo.calls()).toEqual([]);
    expect((await heed('--since', timeOf(7), '--apply', '--unverified')).code).toBe(0);
    await rm(join(folder, 'ledger/stray'));
  });

  it.each([[[]], [['--since', 'yesterday']], [['--since', timeOf(1), 'another']]])(
    'ends with 2 when called with %j',
    async (more) => {
      expect(await heed(...more)).toMatchObject({ code: 2, text: '', complaints: expect.stringContaining('Usage:') });
    },
  );
});
