import { parseCheckpointNote } from '../../shared/domain/ledger/checkpoint.ts';
import { formatReceipt } from '../../shared/domain/ledger/receipt.ts';
import type { RecordProof } from '../../shared/domain/ports/ledger-proofs.ts';
import { type HttpReply, type HttpRequest, htmlReply, jsonReply } from '../../shared/http/request.ts';
import type { PageFrame } from '../../shared/views/layout.ts';
import { PROOF_QUERY, type ProofOnPage, receiptPage } from '../../shared/views/receipt-page.ts';
import type { Receipt } from './show-receipt.ts';

/** `unavailable`: the ledger does not answer just now. */
export type ReceiptProof = RecordProof | { state: 'unavailable' };

/** All that an answer is made of. */
interface ReceiptAnswer {
  frame: PageFrame;
  receipt: Receipt;
  proof: ReceiptProof;
  /** Minutes between seals: when to come back for a proof. */
  minutes: number;
}

/** The receipt as the client asked for it: a page; JSON (`Accept: application/json`); or its proof as a file (`?proof`). */
export function receiptReply({ query, headers }: HttpRequest, answer: ReceiptAnswer): HttpReply {
  const { frame, receipt, proof, minutes } = answer;
  const vary = { vary: 'accept' };
  if (query[PROOF_QUERY] !== undefined && proof.state === 'sealed') return proofFile(formatReceipt(proof.receipt));
  if (/\bapplication\/json\b/.test(headers.accept ?? '')) return { ...jsonReply(200, toJson(answer)), headers: vary };
  const page = { ...frame, ...receipt, receiptMail: receipt.receipt, proof: onPage(proof, minutes) };
  const reply = htmlReply(200, receiptPage(page));
  return { ...reply, headers: { ...reply.headers, ...vary } };
}

function proofFile(body: string): HttpReply {
  const headers = { 'content-disposition': 'attachment; filename="receipt.tlog-proof"' };
  return { status: 200, body, contentType: 'text/plain; charset=utf-8', headers };
}

function toJson({ receipt, proof, minutes }: ReceiptAnswer): object {
  const { requestId, scopes, receivedAt, state, confirmedAt, maskedAddress, receipt: receiptMail } = receipt;
  return {
    requestId,
    scopes,
    receivedAt,
    state,
    confirmedAt,
    maskedAddress,
    receiptMail,
    ledger: proof.state === 'not-yet-sealed' ? { ...proof, retryAfterSeconds: minutes * 60 } : proof,
  };
}

function onPage(proof: ReceiptProof, minutes: number): ProofOnPage {
  if (proof.state === 'not-yet-sealed') return { state: 'not-yet-sealed', minutes };
  if (proof.state === 'unavailable') return { state: 'unavailable' };
  const { checkpoint: note, index } = proof.receipt;
  const checkpoint = parseCheckpointNote(note);
  return { state: 'sealed', index, sealedAt: new Date(checkpoint?.time ?? 0) };
}
