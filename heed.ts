#!/usr/bin/env node
import { type CommandTable, runCommand } from './shared/adapters/run-command.ts';
import { systemTerminal } from './shared/adapters/terminal.ts';

// Loaded when called: checking a folder must not wait for what an export needs.
const COMMANDS: CommandTable = {
  'verify-ledger': {
    summary: 'Check a copy of the ledger, or the bucket itself, and name every defect',
    load: () => import('./functions/verify-ledger/cli.ts'),
  },
  'export-ledger': {
    summary: 'Hand out records with their proofs as CSV or JSON',
    load: () => import('./functions/export-ledger/cli.ts'),
  },
  'prove-consistency': {
    summary: 'Prove that the ledger at one checkpoint continues another',
    load: () => import('./functions/prove-consistency/cli.ts'),
  },
  'verify-consistency': {
    summary: 'Check such a proof, without the ledger',
    load: () => import('./functions/verify-consistency/cli.ts'),
  },
  'lint-message': {
    summary: 'Check what a marketing mail lacks before it is sent',
    load: () => import('./functions/lint-message/cli.ts'),
  },
  certificate: {
    summary: 'Certify what was deleted of a customer, from the ledger alone',
    load: () => import('./functions/certificate/cli.ts'),
  },
  'verify-certificate': {
    summary: 'Check a deletion certificate, without the ledger',
    load: () => import('./functions/verify-certificate/cli.ts'),
  },
  'replay-failures': {
    summary: "Hand what the stream's consumers gave up to them once more",
    load: () => import('./functions/replay-failures/cli.ts'),
  },
  'import-cancellations': {
    summary: 'Hand a file of cancellations to the service, and go on where it stopped',
    load: () => import('./functions/import-cancellations/cli.ts'),
  },
  reschedule: {
    summary: 'Give all contacts the ends that a changed retention schedule sets',
    load: () => import('./functions/reschedule-contacts/cli.ts'),
  },
  'replay-after-restore': {
    summary: 'Do again, in a restored table, what the ledger says was done since',
    load: () => import('./functions/replay-after-restore/cli.ts'),
  },
};

// Node ends with 1 on what nobody caught, a closed pipe for one; here that would say that a defect was found.
process.on('uncaughtException', ({ message }) => {
  process.stderr.write(`heed: could not go on: ${message}\n`);
  process.exit(2);
});

process.exitCode = await runCommand(COMMANDS, process.argv.slice(2), systemTerminal);
