interface SesFacts {
  eventType: string;
  bounceType?: string;
  complaintFeedbackType?: string;
  messageId?: string;
  address?: string;
  /** Value of the tag `requestId`; `undefined`: there is none. */
  tag?: string | undefined;
}

/** An event of SES as EventBridge brings it (AWS SES docs: event publishing, examples). */
export function mailEvent({
  eventType,
  messageId = 'ses-1',
  address = 'jane@example.org',
  ...facts
}: SesFacts): object {
  const { bounceType = 'Permanent', complaintFeedbackType } = facts;
  const tag = 'tag' in facts ? facts.tag : 'req_mailed';
  const recipients = [{ emailAddress: address }];
  const tags = { 'ses:configuration-set': ['receipts'], ...(tag === undefined ? {} : { requestId: [tag] }) };
  const about = {
    Bounce: { bounce: { bounceType, bounceSubType: 'General', bouncedRecipients: recipients } },
    Complaint: { complaint: { complainedRecipients: recipients, complaintFeedbackType } },
    Delivery: { delivery: { recipients: [address], smtpResponse: '250 ok' } },
  }[eventType];
  return {
    version: '0',
    'detail-type': 'Email Event',
    source: 'aws.ses',
    detail: {
      eventType,
      mail: { messageId, source: 'privacy@shop.example.org', destination: [address], tags },
      ...about,
    },
  };
}
