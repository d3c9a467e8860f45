import type { Confirmation } from './confirmation.ts';
import type { Confirmations } from './ports/confirmations.ts';
import type { Requests } from './ports/requests.ts';
import type { Request } from './request.ts';
import { hashToken } from './token.ts';

export interface OpenErasurePorts {
  confirmations: Confirmations;
  requests: Requests;
  now: () => Date;
}

/** The link of an erasure that has not been carried out, and the request behind it. */
export interface OpenErasure {
  link: Confirmation;
  request: Request;
}

/**
 * Finds what a mailed link is for; `undefined` when it is unknown, over, for something else, or done. A link whose button was pressed stays
 * open until all is erased: whoever presses again after a failure goes on where it stopped.
 */
export function openErasure({ confirmations, requests, now }: OpenErasurePorts) {
  return async (token: string): Promise<OpenErasure | undefined> => {
    const link = await confirmations.find(hashToken(token), now());
    if (link?.purpose !== 'erasure') return undefined;
    const request = await requests.read(link, now());
    if (request?.status.type !== 'erasure' || request.status.state === 'effective') return undefined;
    return { link, request };
  };
}
