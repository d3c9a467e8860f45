import {
  ConflictException,
  PinpointSMSVoiceV2Client,
  SendTextMessageCommand,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { TextBarred, type Texter, TextRefused } from '../domain/ports/texter.ts';
import { isCertainlyRefused } from './certain-refusal.ts';

/** The service takes no shorter life. */
const LEAST_SECONDS_TO_LIVE = 5;

/** {@link Texter} through AWS End User Messaging. */
export function awsTexter(): Texter {
  // One attempt: the SDK's own retry after a lost answer would send a second text.
  const client = new PinpointSMSVoiceV2Client({ maxAttempts: 1 });
  return {
    send: async ({ to, from, body, secondsToLive }) => {
      const command = new SendTextMessageCommand({
        DestinationPhoneNumber: to,
        OriginationIdentity: from,
        MessageBody: body,
        MessageType: 'TRANSACTIONAL',
        TimeToLive: Math.max(secondsToLive, LEAST_SECONDS_TO_LIVE),
      });
      try {
        await client.send(command);
      } catch (error) {
        if (error instanceof ConflictException && error.Reason === 'DESTINATION_PHONE_NUMBER_OPTED_OUT')
          throw new TextBarred('The number takes no texts', { cause: error });
        if (isCertainlyRefused(error)) throw new TextRefused('The text was not taken', { cause: error });
        throw error;
      }
    },
  };
}
