import { VisibleError } from '../domain/errors.ts';
import type { HttpRequest } from './request.ts';

/** Fields of a posted form. Unknown ones are kept and ignored by whoever reads. */
export type Form = URLSearchParams;

/** Ten times what any form of ours holds. */
const MAX_FORM_BYTES = 64 * 1024;
const MULTIPART = /^multipart\/form-data\b/i;

/** Both encodings of HTML forms (RF-02). Throws `VisibleError` for another type, a broken or an oversized body. */
export async function readForm({ headers, body }: HttpRequest): Promise<Form> {
  const contentType = headers['content-type'] ?? '';
  if (body.length > MAX_FORM_BYTES) {
    throw new VisibleError('too-large', 'form.too-large', 'The form is too large', {
      accepted: `At most ${MAX_FORM_BYTES} bytes`,
    });
  }
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) return new URLSearchParams(body.toString('utf8'));
  if (MULTIPART.test(contentType)) return (await readMultipart(contentType, body)).form;
  throw new VisibleError(
    'unsupported',
    'form.unsupported-type',
    'The form came in an encoding that is not understood',
    {
      accepted: 'Content-Type application/x-www-form-urlencoded or multipart/form-data',
    },
  );
}

/** A form, and the file that came with it. */
export interface FormWithFile {
  form: Form;
  /** Absent: none was chosen. */
  file?: Buffer;
}

/** The field whose file is wanted, and how much of it. */
interface WantedFile {
  field: string;
  mostBytes: number;
}

/** As {@link readForm}, with one file. Of a larger one than is wanted one byte more is read, so that whoever checks it sees that. */
export async function readFormWithFile(request: HttpRequest, wanted: WantedFile): Promise<FormWithFile> {
  const contentType = request.headers['content-type'] ?? '';
  if (!MULTIPART.test(contentType)) return { form: await readForm(request) };
  return await readMultipart(contentType, request.body, wanted);
}

async function readMultipart(contentType: string, body: Buffer, wanted?: WantedFile): Promise<FormWithFile> {
  // Not at the start of every function: few forms are multipart.
  const { Busboy } = await import('@fastify/busboy');
  const limits = { fields: 100, parts: 100, fieldSize: MAX_FORM_BYTES, files: wanted === undefined ? 0 : 1 };
  const fileSize = wanted === undefined ? 0 : wanted.mostBytes + 1;
  return await new Promise((resolve, reject) => {
    const broken = (cause?: unknown) => reject(brokenForm(cause));
    try {
      const form = new URLSearchParams();
      const chunks: Buffer[] = [];
      const parser = new Busboy({ headers: { 'content-type': contentType }, limits: { ...limits, fileSize } });
      parser.on('field', (name, value, _, isCut) => (isCut ? broken() : form.append(name, value)));
      if (wanted !== undefined) parser.on('filesLimit', broken);
      parser.on('file', (name, stream) => {
        stream.on('data', (chunk: Buffer) => name === wanted?.field && chunks.push(chunk));
        stream.on('error', broken);
      });
      parser.on('finish', () => resolve(chunks.length === 0 ? { form } : { form, file: Buffer.concat(chunks) }));
      parser.on('error', broken);
      parser.end(body);
    } catch (error) {
      broken(error);
    }
  });
}

function brokenForm(cause: unknown): VisibleError {
  return new VisibleError('invalid', 'form.broken', 'The form could not be read', {
    accepted: 'multipart/form-data (RFC 7578)',
    cause,
  });
}
