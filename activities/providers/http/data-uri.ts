import type { ReferenceImage } from '../port.ts';

/**
 * Sends the bytes instead of a URL: the bucket is private, services can't reach one on a developer's machine, and a signed URL would
 * stay valid after the job is done.
 */
export function dataUri({ mimeType, bytes }: ReferenceImage): string {
  return `data:${mimeType};base64,${bytes.toString('base64')}`;
}
