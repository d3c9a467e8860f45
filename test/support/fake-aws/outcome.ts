import { unmarshall } from '@aws-sdk/util-dynamodb';
import { parseChoices } from '../../../shared/adapters/dynamo/suppression-item.ts';
import { SEAL_DUE } from '../../../shared/names.ts';
import { TEST_PUBLIC_URL } from '../settings.ts';
import type { FakeAws } from './fake-aws.ts';
import { ledgerLines, misplacedRequests } from './stored-ledger.ts';

/** What is left when everything is done, without what is random: ids, tokens and attempts. */
export interface Outcome {
  items: string[];
  mails: number;
  /** Of the changes in the stream: how many are recorded once, more than once, or never; records of no change; requests not found again. */
  ledger: { once: number; doubled: number; lost: number; strange: number; misplaced: number };
  /** Different news, since the bus may bring the same one twice; that a seal is due is none, and the schedule knows it too. */
  news: string[];
}

export function outcomeOf(aws: FakeAws): Outcome {
  const news = aws.events.filter(({ DetailType }) => DetailType !== SEAL_DUE);
  return {
    items: aws.dynamo
      .items()
      .map((item) => withoutChance(JSON.stringify(unmarshall(item))))
      .sort(byText),
    mails: aws.mails.length,
    ledger: ledgerOf(aws),
    news: [...new Set(news.map(({ DetailType, Detail }) => withoutChance(`${DetailType} ${Detail}`)))].sort(byText),
  };
}

/** All choices that are in force, of whomever. */
export function choicesIn({ dynamo }: FakeAws) {
  return Object.assign({}, ...dynamo.items().map((item) => parseChoices(unmarshall(item)))) as ReturnType<
    typeof parseChoices
  >;
}

/** The tokens of the single-use links in the first mail, in the order in which it shows them. */
export function mailedTokens({ mails }: FakeAws): { confirm: string; undo: string } {
  const text = mails[0]?.Content.Simple.Body.Text.Data ?? '';
  const [confirm = '', undo = ''] = text
    .split('\n')
    .filter((line) => line.startsWith(`${TEST_PUBLIC_URL}/c/`))
    .map((line) => line.slice(`${TEST_PUBLIC_URL}/c/`.length));
  return { confirm, undo };
}

function ledgerOf(aws: FakeAws): Outcome['ledger'] {
  const recorded = ledgerLines(aws).map((line) => JSON.parse(line).id as string);
  const changes = new Set(aws.dynamo.stream.map(({ eventID }) => eventID));
  const times = aws.dynamo.stream.map(({ eventID }) => recorded.filter((id) => id === eventID).length);
  return {
    once: times.filter((count) => count === 1).length,
    doubled: times.filter((count) => count > 1).length,
    lost: times.filter((count) => count === 0).length,
    strange: recorded.filter((id) => !changes.has(id)).length,
    misplaced: misplacedRequests(aws).length,
  };
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function withoutChance(text: string): string {
  return text
    .replace(/req_[0-9A-Z]{26}/g, 'req_')
    .replace(/CONFIRMATION#[\w-]{43}/g, 'CONFIRMATION#')
    .replace(/"attemptId":"[^"]*"/g, '"attemptId":""');
}
