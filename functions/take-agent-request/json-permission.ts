import { VisibleError } from '../../shared/domain/errors.ts';
import { PERMISSION_BYTES, type PermissionFile, permissionFile } from '../../shared/domain/permission-file.ts';
import type { AgentRequestBody } from '../../shared/http/schemas/agent-requests.ts';

/** The permission that came with a body. Throws a `VisibleError` for a file that we do not keep, before anything is written. */
export function readPermission({ permission, permissionHash }: AgentRequestBody): PermissionFile | string | undefined {
  if (permission === undefined) return permissionHash;
  const file = permissionFile(Buffer.from(permission.data, 'base64'));
  const field = 'permission.data';
  if (file === 'too-large')
    throw new VisibleError('too-large', 'permission.too-large', 'The permission is too large; nothing was done', {
      field,
      accepted: `At most ${PERMISSION_BYTES} bytes`,
    });
  if (file === 'unsupported' || file.type !== permission.contentType)
    throw new VisibleError('unsupported', 'permission.unsupported', 'Not a file that is accepted; nothing was done', {
      field,
      accepted: 'A PDF, JPEG or PNG file that is what contentType says',
    });
  return file;
}
