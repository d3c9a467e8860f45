import { afterEach, expect, it, vi } from 'vitest';
import { parseRequestItem, requestItem } from '../../../shared/adapters/dynamo/request-item.ts';
import { ALLOWED_FACTS } from '../../../shared/domain/ledger/record.ts';
import { ENV } from '../../../shared/names.ts';
import { sampleOptOut } from '../../support/sample-opt-out.ts';

afterEach(() => void vi.unstubAllEnvs());

it('a stored request names the privacy notice that was in force (CC-28), and the ledger does', () => {
  vi.stubEnv(ENV.noticeVersion, '0123456789ab');
  expect(parseRequestItem(requestItem(sampleOptOut())).noticeVersion).toBe('0123456789ab');
  expect(ALLOWED_FACTS.request).toContain('noticeVersion');
});
