import {
  PinpointSMSVoiceV2Client,
  PutOptedOutNumberCommand,
  paginateDescribeOptedOutNumbers,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import type { SuppressionList, TextOptOutList } from '../domain/ports/suppression-list.ts';

/** The list of AWS End User Messaging by this name, which every account has as `Default`. One page is at most 100 numbers. */
export function awsTextOptOutList(OptOutListName: string): SuppressionList & TextOptOutList {
  const client = new PinpointSMSVoiceV2Client({ maxAttempts: 5, retryMode: 'adaptive' });
  return {
    listSince: async function* (time) {
      const pages = paginateDescribeOptedOutNumbers({ client, pageSize: 100 }, { OptOutListName });
      for await (const { OptedOutNumbers = [] } of pages) {
        yield OptedOutNumbers.flatMap(({ OptedOutNumber, OptedOutTimestamp }) =>
          OptedOutNumber === undefined || OptedOutTimestamp === undefined || OptedOutTimestamp < time
            ? []
            : [{ address: OptedOutNumber, since: OptedOutTimestamp }],
        );
      }
    },
    put: async (number) => {
      await client.send(new PutOptedOutNumberCommand({ OptOutListName, OptedOutNumber: number }));
    },
  };
}
