import { ListSuppressedDestinationsCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { sesSuppressionList } from '../../shared/adapters/ses-suppression-list.ts';

const ses = mockClient(SESv2Client);
const since = new Date('2026-11-01T00:00:00Z');
const entry = (name: string) => ({
  EmailAddress: `${name}@example.org`,
  Reason: 'COMPLAINT' as const,
  LastUpdateTime: since,
});

it("reads SES's own list page by page, and writes nothing there (SE-03)", async () => {
  ses
    .on(ListSuppressedDestinationsCommand, { NextToken: undefined })
    .resolves({ SuppressedDestinationSummaries: [entry('a'), entry('b')], NextToken: 'next' })
    .on(ListSuppressedDestinationsCommand, { NextToken: 'next' })
    .resolves({ SuppressedDestinationSummaries: [entry('c')] });
  const pages: unknown[] = [];
  for await (const page of sesSuppressionList().listSince(since)) pages.push(page.map(({ address }) => address));
  expect(pages).toEqual([['a@example.org', 'b@example.org'], ['c@example.org']]);
  // The paginator fills in one input from page to page.
  const calls = ses.calls().map(({ args: [command] }) => command);
  expect(calls.map((command) => command.constructor.name)).toEqual(Array(2).fill('ListSuppressedDestinationsCommand'));
  expect(calls[0]?.input).toMatchObject({ StartDate: since, PageSize: 1000 });
});
