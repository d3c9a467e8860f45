import { afterAll } from 'vitest';
import { describeContacts } from '../../support/contacts-contract.ts';
import { startFakeAws } from '../../support/fake-aws/fake-aws.ts';
import { describeLedgerTable } from '../../support/ledger-table-contract.ts';
import { describeRegistry } from '../../support/registry-contract.ts';
import { TEST_SECRET } from '../../support/test-key-ring.ts';

// The same promises are held against Amazon's own evaluator in test/dynamodb-local.
const aws = await startFakeAws(TEST_SECRET);
Object.assign(process.env, {
  AWS_ENDPOINT_URL: aws.endpoint,
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
});

afterAll(() => aws.close());

describeRegistry();

describeContacts();

describeLedgerTable(async () => {
  aws.ledgerTable.clear();
  return 'ledger';
});
