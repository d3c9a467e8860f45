import type { AddressProblem } from '../../shared/domain/address-problem.ts';
import type { Request } from '../../shared/domain/request.ts';
import { addressProblem, formPage } from '../../shared/views/form-page.ts';
import type { PageFrame } from '../../shared/views/layout.ts';
import { optedOutPage } from '../../shared/views/opted-out-page.ts';
import type { FormOptOut } from './form-opt-out.ts';

/** The form once more, with what was wrong next to the field; what was typed and chosen is kept. */
export function badFormPage(frame: PageFrame, { typed, chosen, site }: FormOptOut, problem: AddressProblem): string {
  return formPage({
    ...frame,
    value: typed,
    scopes: chosen,
    ...(site && { site: site.id }),
    problem: addressProblem(frame, problem),
  });
}

/** The outcome. Whether a mail follows is told by the address's form alone, never by what is known of it (EM-10). */
export function outcomePage(
  frame: PageFrame,
  { request, receiptUrl }: { request: Request; receiptUrl: string },
): string {
  const { scopes, receivedAt, requestId, receipt } = request;
  return optedOutPage({ ...frame, scopes, receivedAt, requestId, receiptUrl, willMail: receipt === 'pending' });
}
