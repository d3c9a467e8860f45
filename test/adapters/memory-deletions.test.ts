import { describeDeletions } from '../support/deletions-contract.ts';
import { memoryDeletions } from '../support/memory-deletions.ts';

describeDeletions(() => memoryDeletions());
