import {
  DescribeOptedOutNumbersCommand,
  PinpointSMSVoiceV2Client,
  PutOptedOutNumberCommand,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { awsTextOptOutList } from '../../shared/adapters/aws-text-opt-out-list.ts';

const aws = mockClient(PinpointSMSVoiceV2Client);
const since = new Date('2026-11-01T00:00:00Z');
const entry = (OptedOutNumber: string, OptedOutTimestamp = since) => ({
  OptedOutNumber,
  OptedOutTimestamp,
  EndUserOptedOut: true,
});

it("reads AWS's own list page by page, from a time on", async () => {
  aws
    .on(DescribeOptedOutNumbersCommand, { NextToken: undefined })
    .resolves({ OptedOutNumbers: [entry('+14155550123'), entry('+14155550124', new Date(0))], NextToken: 'next' })
    .on(DescribeOptedOutNumbersCommand, { NextToken: 'next' })
    .resolves({ OptedOutNumbers: [entry('+442079460018')] });
  const pages: unknown[] = [];
  for await (const page of awsTextOptOutList('Shop').listSince(since)) pages.push(page);
  expect(pages).toEqual([[{ address: '+14155550123', since }], [{ address: '+442079460018', since }]]);
  expect(aws.call(0).args[0].input).toMatchObject({ OptOutListName: 'Shop', MaxResults: 100 });
});

it('puts a number there', async () => {
  aws.reset();
  aws.on(PutOptedOutNumberCommand).resolves({});
  await awsTextOptOutList('Shop').put('+14155550123');
  expect(aws.call(0).args[0].input).toEqual({ OptOutListName: 'Shop', OptedOutNumber: '+14155550123' });
});
