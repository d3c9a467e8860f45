import { type ProcessingRecord, processingRecord } from '../shared/domain/retention/ropa.ts';
import type { StageConfig } from './config.ts';

/** A stage's record of processing (GD-08). Whoever sends its receipts is whom people and authorities write to. */
export function writtenRopa({ settings, schedule, accountability }: StageConfig): ProcessingRecord {
  const { controller, sender } = settings;
  return processingRecord(schedule, {
    controller: { ...controller, contact: sender.address },
    representative: accountability?.representative,
    dataProtectionOfficer: accountability?.dataProtectionOfficer,
    transfers: accountability?.transfers,
  });
}
