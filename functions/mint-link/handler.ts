import { log } from '../../shared/adapters/log.ts';
import { secretKeyRing } from '../../shared/adapters/secret-key-ring.ts';
import { canonicalEmail } from '../../shared/domain/email.ts';
import { VisibleError } from '../../shared/domain/errors.ts';
import { httpDoor } from '../../shared/http/door.ts';
import { readJson } from '../../shared/http/json.ts';
import { jsonReply } from '../../shared/http/request.ts';
import { linkBodySchema } from '../../shared/http/schemas/links.ts';
import { ENV } from '../../shared/names.ts';
import { readSettings, readVariable } from '../../shared/settings.ts';
import { mintLink, mintLinks } from './mint-link.ts';

const settings = readSettings();
const publicUrl = readVariable(ENV.publicUrl);
const keyRing = secretKeyRing(readVariable(ENV.keyRing));

export const handler = httpDoor(
  async (request) => {
    const { email = '', emails, ...facts } = readJson(linkBodySchema, request);
    const { links } = await keyRing();
    const ports = { links, publicUrl, settings };
    if (emails !== undefined) return jsonReply(200, await mintLinks(ports)(emails, facts));
    const address = canonicalEmail(email);
    if (!address.ok) {
      const { code, detail, accepted } = address.problem;
      throw new VisibleError('invalid', code, detail, { field: 'email', accepted });
    }
    return jsonReply(200, await mintLink(ports)({ identifier: address.identifier, ...facts }));
  },
  { settings, report: (error, route) => log('error', 'A link could not be made', { error, route }) },
);
