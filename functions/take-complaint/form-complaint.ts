import { canonicalAddress } from '../../shared/domain/address.ts';
import { harmlessText } from '../../shared/domain/harmless-text.ts';
import type { Identifier } from '../../shared/domain/subject.ts';
import type { Form } from '../../shared/http/form.ts';
import { COMPLAINT_CHARACTERS, REFERENCE_CHARACTERS } from '../../shared/http/schemas/complaints.ts';
import { HONEYPOT_FIELD } from '../../shared/names.ts';
import type { Settings } from '../../shared/settings.ts';
import type { ComplaintPage } from '../../shared/views/complaint-page.ts';
import { addressProblem } from '../../shared/views/form-page.ts';
import type { PageFrame } from '../../shared/views/layout.ts';

/** What a posted form says. */
export interface FormComplaint {
  typed: string;
  text: string;
  reference: string;
  site: Settings['sites'][number] | undefined;
  locale: string | undefined;
  isSuspect: boolean;
}

export function readFormComplaint(form: Form, { sites }: Settings): FormComplaint {
  return {
    typed: form.get('address') ?? '',
    text: harmlessText(form.get('text') ?? ''),
    // Too long a number is cut, as no complaint shall fail for it.
    reference: [...harmlessText(form.get('reference') ?? '')].slice(0, REFERENCE_CHARACTERS).join(''),
    site: sites.find(({ id }) => id === form.get('site')),
    locale: form.get('locale') ?? undefined,
    isSuspect: (form.get(HONEYPOT_FIELD) ?? '') !== '',
  };
}

/** Who complains, or what is wrong with the form, for its page. */
export function checkForm(
  frame: PageFrame,
  { typed, text }: FormComplaint,
): { identifier: Identifier } | Pick<ComplaintPage, 'problem' | 'textProblem'> {
  const address = canonicalAddress(typed);
  if (!address.ok) return { problem: addressProblem(frame, address.problem) };
  if (text === '') return { textProblem: frame.strings('complaint.problem.missing') };
  if (text.length > COMPLAINT_CHARACTERS) return { textProblem: frame.strings('complaint.problem.long') };
  return { identifier: address.identifier };
}
