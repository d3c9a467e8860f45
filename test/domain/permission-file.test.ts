import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PERMISSION_BYTES, permissionFile } from '../../shared/domain/permission-file.ts';

const signatures = {
  'application/pdf': Buffer.from('%PDF-'),
  'image/jpeg': Buffer.from([0xff, 0xd8, 0xff]),
  'image/png': Buffer.from('89504e470d0a1a0a', 'hex'),
};

describe('a permission', () => {
  it.each(Object.entries(signatures))('is known as %s by its first bytes, whatever follows', (type, signature) => {
    fc.assert(
      fc.property(fc.uint8Array(), (rest) => {
        const bytes = Buffer.concat([signature, rest]);
        expect(permissionFile(bytes)).toEqual({ type, bytes });
      }),
    );
  });

  it.each(Object.entries(signatures))('is none with a part of the first bytes of %s', (_, signature) => {
    for (let length = 0; length < signature.length; length += 1)
      expect(permissionFile(signature.subarray(0, length))).toBe('unsupported');
    expect(permissionFile(Buffer.concat([Buffer.from(' '), signature]))).toBe('unsupported');
  });

  it('may have 3 MB and no byte more', () => {
    const bytes = Buffer.concat([signatures['application/pdf'], Buffer.alloc(PERMISSION_BYTES - 5)]);
    expect(permissionFile(bytes)).toMatchObject({ type: 'application/pdf' });
    expect(permissionFile(Buffer.concat([bytes, Buffer.from('x')]))).toBe('too-large');
  });
});
