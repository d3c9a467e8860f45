import type { Stack } from '../../infra/local/stack.ts';

interface LogGroups {
  logGroups: { logGroupName: string }[];
}
interface LogEvents {
  events: { message: string }[];
  nextToken?: string;
}

/** Every line in every log group. */
export async function readLogs(stack: Stack): Promise<string[]> {
  const { logGroups } = await logsApi<LogGroups>(stack, 'DescribeLogGroups', {});
  const groups = logGroups.map(({ logGroupName }) => readGroup(stack, logGroupName));
  return (await Promise.all(groups)).flat();
}

async function readGroup(stack: Stack, logGroupName: string): Promise<string[]> {
  const lines: string[] = [];
  let nextToken: string | undefined;
  do {
    const page: LogEvents = await logsApi(stack, 'FilterLogEvents', { logGroupName, limit: 10_000, nextToken });
    lines.push(...page.events.map(({ message }) => message));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return lines;
}

// The one API of which a client would be needed for the tests alone; the local AWS takes any signature.
async function logsApi<T>({ endpoint, region }: Stack, action: string, body: object): Promise<T> {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `Logs_20140328.${action}`,
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/logs/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${action} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}
