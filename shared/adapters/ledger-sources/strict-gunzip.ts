import { crc32, inflateRawSync } from 'node:zlib';
import type { Gunzip } from '../../domain/ledger/gunzip.ts';

/** Magic, method deflate, no flags, no time: what Node's gzip writes. Level and system follow. */
const MAGIC = 0x1f8b0800;
const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;

interface Inflated {
  buffer: Buffer;
  engine: { bytesWritten: number };
}

/** {@link Gunzip} of exactly one member: what Node's `gunzipSync` forgives (a second member, bytes after it) is told. */
export const strictGunzip: Gunzip = (bytes, maxBytes) => {
  const packed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (packed.length < HEADER_BYTES) return { kind: 'truncated' };
  if (packed.readUInt32BE(0) !== MAGIC) return { kind: 'corrupt' };
  const inflated = inflate(packed.subarray(HEADER_BYTES), maxBytes);
  if (typeof inflated === 'string') return { kind: inflated };
  const { buffer: data, engine } = inflated;
  const end = HEADER_BYTES + engine.bytesWritten;
  if (packed.length < end + TRAILER_BYTES) return { kind: 'truncated' };
  const isIntact = packed.readUInt32LE(end) === crc32(data) && packed.readUInt32LE(end + 4) === data.length;
  return isIntact ? { kind: 'whole', data, consumed: end + TRAILER_BYTES } : { kind: 'corrupt' };
};

function inflate(stream: Buffer, maxOutputLength: number): Inflated | 'truncated' | 'corrupt' | 'too-large' {
  try {
    // The types do not know of `info`, which tells how much of the input was used.
    return inflateRawSync(stream, { info: true, maxOutputLength }) as unknown as Inflated;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ERR_BUFFER_TOO_LARGE') return 'too-large';
    return code === 'Z_BUF_ERROR' ? 'truncated' : 'corrupt';
  }
}
