/** Kinds of file in which a signed permission may come. */
export const PERMISSION_TYPES = ['application/pdf', 'image/jpeg', 'image/png'] as const;
export type PermissionType = (typeof PERMISSION_TYPES)[number];

/** A signed permission as it came along. */
export interface PermissionFile {
  type: PermissionType;
  bytes: Uint8Array;
}

/** Base64 makes 4 MB of it, and a function takes requests of up to 6 MB. */
export const PERMISSION_BYTES = 3 * 1024 * 1024;

/** The first bytes of a file of each kind (ISO 32000 §7.5.2, ISO 10918-1 Annex B, PNG §5.2). Name and declared type are the sender's word only. */
const SIGNATURES: Readonly<Record<PermissionType, readonly number[]>> = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
};

/** The file, if it is one that we keep; otherwise what is wrong with it. */
export function permissionFile(bytes: Uint8Array): PermissionFile | 'too-large' | 'unsupported' {
  if (bytes.length > PERMISSION_BYTES) return 'too-large';
  const type = PERMISSION_TYPES.find((name) => SIGNATURES[name].every((byte, index) => bytes[index] === byte));
  return type === undefined ? 'unsupported' : { type, bytes };
}
