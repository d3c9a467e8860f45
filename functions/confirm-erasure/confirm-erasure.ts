import { changeContact } from '../../shared/domain/contact/change-contact.ts';
import { livingContact } from '../../shared/domain/contact/contact-ends.ts';
import { type ErasureOutcome, eraseContact } from '../../shared/domain/contact/contact-erasure.ts';
import { epochSeconds } from '../../shared/domain/epoch.ts';
import { type OpenErasure, type OpenErasurePorts, openErasure } from '../../shared/domain/open-erasure.ts';
import type { ContactIndex, Contacts, FoundContact } from '../../shared/domain/ports/contacts.ts';
import type { Erasures } from '../../shared/domain/ports/erasures.ts';
import type { RetentionSchedule } from '../../shared/domain/retention/schedule.ts';

export interface ConfirmErasurePorts extends OpenErasurePorts {
  erasures: Erasures;
  contacts: Contacts;
  index: Pick<ContactIndex, 'findByIdentifier'>;
  schedule: RetentionSchedule;
}

/** What was erased and what is kept, and in which language to say so. */
export interface Erased {
  outcomes: readonly ErasureOutcome[];
  locale: string;
}

/**
 * Erases what is held under the mailbox that the link was mailed to. The press is noted first and uses the link up; the rest can be repeated, so
 * whoever presses again after a failure completes it. Suppressions are not touched (GD-09).
 */
export function confirmErasure(ports: ConfirmErasurePorts) {
  return async (token: string): Promise<'unknown-link' | Erased> => {
    const open = await openErasure(ports)(token);
    if (open === undefined) return 'unknown-link';
    const { link, request } = open;
    if (link.consumedAt === undefined) await ports.erasures.confirm(link, ports.now());
    const keys = [request.subjectKey, ...(request.otherKeys ?? [])];
    const found = await ports.index.findByIdentifier(keys, ports.now());
    const outcomes: ErasureOutcome[] = [];
    for (const contact of found) outcomes.push(...(await eraseOne(ports, contact, open)));
    await ports.erasures.pseudonymise(keys);
    await ports.erasures.finish(link, ports.now());
    return { outcomes, locale: link.locale };
  };
}

async function eraseOne(
  ports: ConfirmErasurePorts,
  { contactId, subjectKey }: FoundContact,
  { request }: OpenErasure,
): Promise<readonly ErasureOutcome[]> {
  const { requestId } = request;
  const change = changeContact(ports);
  const { outcomes } = await change({ contactId, keys: [subjectKey] }, (known, now) => {
    const living = livingContact(known, now);
    return living === undefined ? { outcomes: [] } : eraseContact(living, { requestId, at: now }, ports);
  });
  // Over already, for every reader; this only spares TTL the work.
  const stored = await ports.contacts.read(contactId, [subjectKey]);
  const now = epochSeconds(Math.floor(ports.now().getTime() / 1000));
  if (stored !== undefined) await ports.contacts.purge(stored, now);
  return outcomes;
}
