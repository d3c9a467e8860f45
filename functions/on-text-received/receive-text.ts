import { derivedRequestId } from '../../shared/domain/derived-request-id.ts';
import { understandSms } from '../../shared/domain/inbound/understand-sms.ts';
import { understandText } from '../../shared/domain/inbound/understand-text.ts';
import { newRequest } from '../../shared/domain/new-request.ts';
import { optOutRequest } from '../../shared/domain/opt-out-request.ts';
import { canonicalPhone } from '../../shared/domain/phone.ts';
import { HELP_REQUEST_DAYS, TEXT_OPT_OUT_SCOPES } from '../../shared/domain/policy.ts';
import type { OptOuts } from '../../shared/domain/ports/opt-outs.ts';
import type { RequestBook } from '../../shared/domain/ports/requests.ts';
import type { Identifier, SubjectKeys } from '../../shared/domain/subject.ts';
import type { Settings } from '../../shared/settings.ts';

export interface ReceiveTextPorts {
  optOuts: OptOuts;
  book: RequestBook;
  subjectKeys: SubjectKeys;
  /** Our numbers. */
  numbers: NonNullable<Settings['texts']>['numbers'];
  /** The language to answer in, given the one that the words were found in, if any. */
  localeOf: (language: string | undefined) => string;
  /** Whole days that the record is kept. */
  requestDays: number;
}

/** A text message as it reached one of our numbers. */
export interface ReceivedText {
  messageId: string;
  from: string;
  to: string;
  body: string;
  receivedAt: Date;
}

export type ReceiveTextOutcome = 'recorded' | 'already-in-force' | 'help-asked' | 'nothing-asked';

/**
 * Opts a number out of texts and calls when its text asks for it, or may (TC-01). Bears repeats: the same message makes the same request, and
 * who is opted out already gets neither a second record nor a second answer. HELP gets one text; a start opts nobody in and gets none, as there
 * is no way yet in which a number could be allowed again. Rejects on an opt-out by a sender that is no number, so that it waits for a person.
 */
export function receiveText(ports: ReceiveTextPorts) {
  const { optOuts, requestDays } = ports;
  return async (text: ReceivedText): Promise<ReceiveTextOutcome> => {
    const meaning = understandSms(text.body);
    if (meaning === 'start' || meaning === 'other') return 'nothing-asked';
    const address = canonicalPhone(text.from);
    if (meaning === 'help')
      return address.ok ? await askForHelp(ports, factsOf(ports, text, address)) : 'nothing-asked';
    if (!address.ok) throw new Error(`A text's sender is not readable as a number: ${address.problem.code}`);
    const facts = factsOf(ports, text, address);
    const scopes = TEXT_OPT_OUT_SCOPES;
    return optOuts.recordUnlessInForce(
      optOutRequest({ ...facts, scopes, needsReview: meaning === 'unclear', requestDays }),
    );
  };
}

function factsOf(
  { subjectKeys, numbers, localeOf }: ReceiveTextPorts,
  { messageId, to, body, receivedAt }: ReceivedText,
  { identifier }: { identifier: Identifier },
) {
  return {
    requestId: derivedRequestId(receivedAt, messageId),
    subjectKey: subjectKeys.current(identifier),
    identifier,
    manner: 'sms',
    receivedAt,
    locale: localeOf(understandText({ subject: '', body }).language),
    textFrom: numbers.find(({ number, isAnswered }) => number === to && !isAnswered)?.number,
  } as const;
}

// Where the carrier or AWS answers HELP, nothing is left to say.
async function askForHelp({ book }: ReceiveTextPorts, facts: ReturnType<typeof factsOf>) {
  if (facts.textFrom === undefined) return 'nothing-asked';
  const wish = { ...facts, scopes: [], requestDays: HELP_REQUEST_DAYS };
  await book.enter(newRequest(wish, { type: 'help', state: 'asked' }));
  return 'help-asked';
}
