import type { PageFrame } from '../layout.ts';
import { type ComposedMail, mail } from './mail.ts';

/** The link to one's own choices, for whoever asked for it. It tells nothing of them: mailboxes are read by others, too. */
export function preferencesMail(content: PageFrame & { preferencesUrl: string }): ComposedMail {
  const { strings, brand, preferencesUrl } = content;
  return mail({
    ...content,
    subject: strings('mail.link.subject'),
    blocks: [
      { kind: 'paragraph', text: strings('mail.link.intro') },
      { kind: 'link', url: preferencesUrl, label: strings('preferences.link') },
      { kind: 'note', text: strings('mail.why.link', { brand: brand.name }) },
    ],
  });
}
