import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Told } from './child.ts';

/** Something that is started in a fresh process. */
export interface Subject {
  name: string;
  file: string;
  event: object;
}

export interface Sample {
  /** From the start of the process to the first answer, in milliseconds. */
  firstMs: number;
  importMs: number;
  /** CPU time of the whole process up to that answer: less moved by what else the machine does. */
  cpuMs: number;
  /** Of each request once everything is compiled, in microseconds; absent when nothing but the start was asked for. */
  warmMicros?: number;
}

/** How a process is started: the same way for all. */
export interface Starter {
  child: string;
  environment: NodeJS.ProcessEnv;
}

/** Starts one process, lets it answer, and ends it. Rejects when the answer is not a success. */
export async function sample({ child, environment }: Starter, subject: Subject, warm = 0): Promise<Sample> {
  const started = performance.now();
  const argv = [child, subject.file, JSON.stringify(subject.event), String(warm)];
  const running = spawn(process.execPath, argv, {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: environment,
  });
  const output = collectOutput(running);
  const result: Partial<Sample> = {};
  for await (const line of createInterface({ input: running.stdio[3] as Readable })) {
    note(result, JSON.parse(line) as Told, performance.now() - started, subject.name);
  }
  if (running.exitCode === null) await once(running, 'exit');
  if (result.firstMs === undefined) throw new Error(`${subject.name} gave no answer:\n${output()}`);
  return result as Sample;
}

function note(result: Partial<Sample>, told: Told, elapsedMs: number, name: string): void {
  if (told.stage === 'warm') {
    result.warmMicros = told.cpuMicrosPerRequest;
    return;
  }
  if (!isSuccess(told.answer)) throw new Error(`${name} answered ${JSON.stringify(told.answer).slice(0, 500)}`);
  result.firstMs = elapsedMs;
  result.importMs = told.importMs;
  result.cpuMs = told.cpuMs;
}

function isSuccess(answer: unknown): boolean {
  const { statusCode = 200, batchItemFailures = [] } = answer as { statusCode?: number; batchItemFailures?: object[] };
  return statusCode < 400 && batchItemFailures.length === 0;
}

function collectOutput({ stdout, stderr }: ChildProcess): () => string {
  const chunks: Buffer[] = [];
  for (const stream of [stdout, stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}

/** The middle of what was measured; one slow run does not move it. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new Error('Nothing was measured');
  return (lower + upper) / 2;
}
