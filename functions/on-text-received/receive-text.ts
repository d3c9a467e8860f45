import { derivedRequestId } from '../../shared/domain/derived-request-id.ts';
import { understandSms } from '../../shared/domain/inbound/understand-sms.ts';
import { understandText } from '../../shared/domain/inbound/understand-text.ts';
import { optOutRequest } from '../../shared/domain/opt-out-request.ts';
import { canonicalPhone } from '../../shared/domain/phone.ts';
import { TEXT_OPT_OUT_SCOPES } from '../../shared/domain/policy.ts';
import type { OptOuts } from '../../shared/domain/ports/opt-outs.ts';
import type { SubjectKeys } from '../../shared/domain/subject.ts';
import type { Settings } from '../../shared/settings.ts';

export interface ReceiveTextPorts {
  optOuts: OptOuts;
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

export type ReceiveTextOutcome = 'recorded' | 'already-in-force' | 'nothing-asked';

/**
 * Opts a number out of texts and calls when its text asks for it, or may (TC-01). Bears repeats: the same message makes the same request, and
 * who is opted out already gets neither a second record nor a second answer. A start opts nobody in. Rejects on a sender that is no number, so
 * that the message waits for a person.
 */
export function receiveText({ optOuts, subjectKeys, numbers, localeOf, requestDays }: ReceiveTextPorts) {
  return async ({ messageId, from, to, body, receivedAt }: ReceivedText): Promise<ReceiveTextOutcome> => {
    const meaning = understandSms(body);
    if (meaning !== 'stop' && meaning !== 'unclear') return 'nothing-asked';
    const address = canonicalPhone(from);
    if (!address.ok) throw new Error(`A text's sender is not readable as a number: ${address.problem.code}`);
    const { identifier } = address;
    return optOuts.recordUnlessInForce(
      optOutRequest({
        requestId: derivedRequestId(receivedAt, messageId),
        subjectKey: subjectKeys.current(identifier),
        identifier,
        scopes: TEXT_OPT_OUT_SCOPES,
        manner: 'sms',
        receivedAt,
        locale: localeOf(understandText({ subject: '', body }).language),
        needsReview: meaning === 'unclear',
        textFrom: numbers.find(({ number, isAnswered }) => number === to && !isAnswered)?.number,
        requestDays,
      }),
    );
  };
}
