import type { PageFrame } from '../views/layout.ts';
import { neutralPage } from '../views/neutral-page.ts';
import { type HttpReply, htmlReply } from './request.ts';

/** The one answer to unknown, broken, used and expired links: 404, so that nobody takes it for a success (RF-06). */
export function neutralReply(frame: PageFrame, publicUrl: string): HttpReply {
  return htmlReply(404, neutralPage({ ...frame, formUrl: `${publicUrl}/`, linkUrl: `${publicUrl}/preferences` }));
}
