import { expect } from 'vitest';
import { type Contact, type ContactId, isHeld } from '../../../shared/domain/contact/contact.ts';
import { hasEnded, livingContact } from '../../../shared/domain/contact/contact-ends.ts';
import { epochSeconds } from '../../../shared/domain/epoch.ts';
import type { RetentionSchedule } from '../../../shared/domain/retention/schedule.ts';
import type { SubjectKey } from '../../../shared/domain/subject.ts';
import { memoryContacts } from '../../support/memory-contacts.ts';
import { Oracle, type PlainPolicy } from './oracle.ts';
import { POLICIES, SCHEDULES, ZONE } from './policies.ts';

export const CONTACT = { contactId: 'c-1' as ContactId, subjectKey: 'k1.contact' as SubjectKey };

/** One contact, the code that sees to it, and the oracle that watches. */
export class Life {
  readonly contacts = memoryContacts(() => 'k1.nobody' as SubjectKey);
  readonly oracle = new Oracle(ZONE);
  /** Whole seconds at the start, as the oracle's and the store's ends are. */
  time = Date.parse('2026-11-26T10:00:00.250Z');
  /** How wrong our own clock is. */
  skew = 0;
  policy = 0;
  #seen = 0;

  get now(): Date {
    return new Date(this.time + this.skew);
  }

  get rules() {
    return { schedule: SCHEDULES[this.policy] as RetentionSchedule, now: this.now };
  }

  get plainPolicy(): [string, PlainPolicy] {
    return [String(this.policy), POLICIES[this.policy] as PlainPolicy];
  }

  async present() {
    return await this.contacts.read(CONTACT.contactId, [CONTACT.subjectKey]);
  }

  async living(): Promise<Contact | undefined> {
    return livingContact((await this.present())?.contact, this.now);
  }

  /** As the use cases do it: what is over goes first, then the pure decision, then one write. */
  async write(decide: (known: Contact | undefined) => Contact | undefined, mayRevive = false): Promise<void> {
    let stored = await this.present();
    if (stored !== undefined && !mayRevive && hasEnded(stored.contact, this.now)) {
      await this.contacts.purge(stored, epochSeconds(Math.floor(this.now.getTime() / 1000)));
      this.noteDeletions();
      stored = await this.present();
    }
    const next = decide(stored?.contact);
    if (next !== undefined) expect(await this.contacts.replace(stored, next)).toBe('replaced');
  }

  /** Each deletion must have been due, and is told to the oracle. */
  noteDeletions(): void {
    for (const { class: name, contact, held, by } of this.contacts.deletions.slice(this.#seen)) {
      const end = this.oracle.endOf(name);
      const clock = by === 'ttl' ? this.time : this.now.getTime();
      expect(contact !== undefined && isHeld(contact), 'a held class is deleted').toBe(false);
      expect(this.oracle.isHeld, 'a held class is deleted').toBe(false);
      const isActive = contact?.status.state === 'active' && held.erasure === undefined;
      expect(isActive, 'a class of an active customer is deleted').toBe(false);
      expect(end, 'a class without an end is deleted').toBeDefined();
      expect((end ?? 0) * 1000, 'a class is deleted before its end').toBeLessThanOrEqual(clock);
      expect(this.oracle.classes.has(name), 'a deletion is recorded twice').toBe(true);
      this.oracle.forgetClass(name);
    }
    this.#seen = this.contacts.deletions.length;
  }

  async check(): Promise<void> {
    const read = await this.present();
    const stored = read?.contact;
    const present = Object.entries(stored?.classes ?? {});
    expect(new Set(present.map(([name]) => name)), 'what is there').toEqual(new Set(this.oracle.classes.keys()));
    for (const [name, { expiresAt }] of present) expect(expiresAt, `the end of ${name}`).toBe(this.oracle.endOf(name));
    for (const name of Object.keys((await this.living())?.classes ?? {})) {
      const end = this.oracle.endOf(name);
      expect(end === undefined || end * 1000 > this.now.getTime(), `${name} is readable past its end`).toBe(true);
    }
    if (read?.versions.has('CONTACT') !== true) this.oracle.forgetContact();
  }
}
