import { paginateListSuppressedDestinations, SESv2Client } from '@aws-sdk/client-sesv2';
import type { SuppressionList } from '../domain/ports/suppression-list.ts';

/** {@link SuppressionList}: the account's, of SES in this Region. The call is throttled to about one a second (SE-07), hence the patience. */
export function sesSuppressionList(): SuppressionList {
  const client = new SESv2Client({ maxAttempts: 10, retryMode: 'adaptive' });
  return {
    listSince: async function* (time) {
      const pages = paginateListSuppressedDestinations({ client, pageSize: 1000 }, { StartDate: time });
      for await (const { SuppressedDestinationSummaries = [] } of pages) {
        yield SuppressedDestinationSummaries.flatMap(({ EmailAddress, LastUpdateTime }) =>
          EmailAddress === undefined || LastUpdateTime === undefined
            ? []
            : [{ address: EmailAddress, since: LastUpdateTime }],
        );
      }
    },
  };
}
