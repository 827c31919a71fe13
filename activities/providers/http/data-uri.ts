import type { ReferenceImage } from '../port.ts';

/**
 * The bytes themselves, not an address: the bucket is private, on a developer's machine the service could not reach it,
 * and an address would stay valid after the work is done.
 */
export function dataUri({ mimeType, bytes }: ReferenceImage): string {
  return `data:${mimeType};base64,${bytes.toString('base64')}`;
}
