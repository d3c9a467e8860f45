import * as z from 'zod/mini';
import type { ReceivedText } from './receive-text.ts';

/** What SNS puts into the queue, as far as we read it. */
const notificationSchema = z.object({ Message: z.string(), Timestamp: z.iso.datetime() });

/** What AWS End User Messaging publishes of an incoming text (two-way SMS). */
const messageSchema = z.object({
  originationNumber: z.string(),
  destinationNumber: z.string(),
  messageBody: z.string(),
  inboundMessageId: z.string().check(z.minLength(1)),
});

/** Reads the body of a queue message. Throws on one of another form: it then waits for a person. */
export function readIncomingText(queued: string): ReceivedText {
  const { Message, Timestamp } = notificationSchema.parse(JSON.parse(queued));
  const message = messageSchema.parse(JSON.parse(Message));
  return {
    messageId: message.inboundMessageId,
    from: message.originationNumber,
    to: message.destinationNumber,
    body: message.messageBody,
    // The same on each delivery, and the moment from which the confirming text's minutes count.
    receivedAt: new Date(Timestamp),
  };
}
