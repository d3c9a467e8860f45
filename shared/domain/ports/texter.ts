/** One text message. */
export interface Text {
  /** E.164. */
  to: string;
  /** Our number, E.164. */
  from: string;
  body: string;
  /** After so many whole seconds the carrier gives up rather than deliver it late (TC-03). */
  secondsToLive: number;
}

/** Hands text messages to the phone network, once: it does not retry by itself, since a retry after a lost answer sends twice. */
export interface Texter {
  /** Resolves when the text was accepted. Rejects with {@link TextRefused} when it certainly was not, with {@link TextBarred} when it never will be, with anything else when that is unknown. */
  send(text: Text): Promise<void>;
}

/** The network said no, or was not reached: nothing went out, and a later attempt is safe. */
export class TextRefused extends Error {
  override readonly name = 'TextRefused';
}

/** The network holds back everything to this number: it stands on the network's own opt-out list. Nothing went out, and no attempt helps. */
export class TextBarred extends Error {
  override readonly name = 'TextBarred';
}
