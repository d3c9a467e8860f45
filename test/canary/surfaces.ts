import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { vi } from 'vitest';
import { TTL_ATTRIBUTE } from '../../shared/names.ts';
import type { FakeAws } from '../support/fake-aws/fake-aws.ts';
import { bucketTexts } from '../support/fake-aws/stored-ledger.ts';

/** Everything that leaves the functions by a way that cannot forget, or that others see. */
export interface Surfaces {
  /** Notes an answer of ours. */
  answer(answer: APIGatewayProxyStructuredResultV2): void;
  /** Notes an error that a function ended with; Lambda would write it into the log. */
  error(error: unknown): void;
  all(aws: FakeAws): Record<string, string>;
}

/** Listens to standard output and error from now on. */
export function watchSurfaces(): Surfaces {
  const logs: string[] = [];
  const answers: string[] = [];
  const listen = (chunk: string | Uint8Array) => {
    logs.push(Buffer.from(chunk as Uint8Array).toString('utf8'));
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(listen);
  vi.spyOn(process.stderr, 'write').mockImplementation(listen);
  return {
    answer: ({ headers, body = '', ...answer }) => {
      answers.push(JSON.stringify({ ...answer, headers }), withoutEcho(body));
    },
    error: (error) => {
      if (error instanceof Error) logs.push(error.stack ?? '', error.message, JSON.stringify(error));
    },
    all: (aws) => ({
      logs: logs.join(''),
      answers: answers.join('\n'),
      'audit bucket': bucketTexts(aws).join('\n'),
      "ledger's table": JSON.stringify(aws.ledgerTable.items()),
      'queue messages': aws.messages.map(({ body }) => body).join('\n'),
      'bus events': JSON.stringify(aws.events),
      'mails but for their envelope': JSON.stringify(aws.mails.map(({ Destination: _, ...mail }) => mail)),
      'items without an end': JSON.stringify(aws.dynamo.items().filter((item) => !(TTL_ATTRIBUTE in item))),
    }),
  };
}

// Two places may repeat what somebody has just sent to that same somebody: the form's field after a mistake, and a check's result.
function withoutEcho(body: string): string {
  return body.replace(/(<input id="address"[^>]* value=)"[^"]*"/g, '$1').replace(/"address":"(?:[^"\\]|\\.)*"/g, '');
}
