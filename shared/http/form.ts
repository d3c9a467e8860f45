import { VisibleError } from '../domain/errors.ts';
import type { HttpRequest } from './request.ts';

/** Fields of a posted form. Unknown ones are kept and ignored by whoever reads. */
export type Form = URLSearchParams;

/** Ten times what any form of ours holds. */
const MAX_FORM_BYTES = 64 * 1024;

/** Both encodings of HTML forms (RF-02). Throws `VisibleError` for another type, a broken or an oversized body. */
export async function readForm({ headers, body }: HttpRequest): Promise<Form> {
  const contentType = headers['content-type'] ?? '';
  if (body.length > MAX_FORM_BYTES) {
    throw new VisibleError('too-large', 'form.too-large', 'The form is too large', {
      accepted: `At most ${MAX_FORM_BYTES} bytes`,
    });
  }
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) return new URLSearchParams(body.toString('utf8'));
  if (/^multipart\/form-data\b/i.test(contentType)) return await readMultipart(contentType, body);
  throw new VisibleError(
    'unsupported',
    'form.unsupported-type',
    'The form came in an encoding that is not understood',
    {
      accepted: 'Content-Type application/x-www-form-urlencoded or multipart/form-data',
    },
  );
}

async function readMultipart(contentType: string, body: Buffer): Promise<Form> {
  // Not at the start of every function: few forms are multipart.
  const { Busboy } = await import('@fastify/busboy');
  return await new Promise((resolve, reject) => {
    const broken = (cause: unknown) => {
      reject(
        new VisibleError('invalid', 'form.broken', 'The form could not be read', {
          accepted: 'multipart/form-data (RFC 7578)',
          cause,
        }),
      );
    };
    try {
      const form = new URLSearchParams();
      const parser = new Busboy({
        headers: { 'content-type': contentType },
        limits: { files: 0, fields: 100, parts: 100 },
      });
      parser.on('field', (name, value) => form.append(name, value));
      parser.on('finish', () => resolve(form));
      parser.on('error', broken);
      parser.end(body);
    } catch (error) {
      broken(error);
    }
  });
}
