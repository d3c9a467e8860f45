import * as z from 'zod/mini';
import { type LedgerReceipt, parseReceipt } from '../../shared/domain/ledger/receipt.ts';

const receiptSchema = z.object({
  leaf: z.string(),
  index: z.number(),
  proof: z.array(z.string()),
  checkpoint: z.string(),
});

const waitingSchema = z.object({ ledger: z.object({ state: z.enum(['not-yet-sealed', 'unavailable']) }) });

const answerSchema = z.union([
  z.pipe(
    z.object({ ledger: z.object({ state: z.literal('sealed'), receipt: receiptSchema }) }),
    z.transform(({ ledger }) => ledger.receipt),
  ),
  receiptSchema,
]);

export type ReceiptFile = { kind: 'receipt'; receipt: LedgerReceipt } | { kind: 'not-sealed' } | { kind: 'unknown' };

/** Reads a receipt in either form: C2SP tlog-proof, or the JSON of a receipt link. Proves nothing yet. */
export function readReceipt(text: string): ReceiptFile {
  const receipt = parseReceipt(text);
  if (receipt !== undefined) return { kind: 'receipt', receipt };
  const value = parseJson(text);
  const answer = answerSchema.safeParse(value);
  if (answer.success) return { kind: 'receipt', receipt: answer.data };
  return { kind: waitingSchema.safeParse(value).success ? 'not-sealed' : 'unknown' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Named failure: neither form.
    return undefined;
  }
}
