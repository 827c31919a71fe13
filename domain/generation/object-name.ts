import type { ImageSize } from '../avatar/image-size.ts';

/** Object names are built from ids and digests only: user input never becomes part of a path. */

/** Objects of an avatar. `contentHash` covers image and thumbnail, so that different encodings never overwrite each other. */
export interface AvatarContent {
  readonly accountId: string;
  readonly avatarId: string;
  /** Hexadecimal. */
  readonly contentHash: string;
}

export function imageObject(avatar: AvatarContent): string {
  return `${folderOf(avatar)}/image.webp`;
}

export function thumbnailObject(avatar: AvatarContent): string {
  return `${folderOf(avatar)}/thumb.webp`;
}

/** A smaller version of an image, next to it. @param image the object of the image itself */
export function sizeObject(image: string, size: ImageSize): string {
  return `${image.slice(0, image.lastIndexOf('/'))}/${size}.webp`;
}

function folderOf({ accountId, avatarId, contentHash }: AvatarContent): string {
  return `avatars/${accountId}/${avatarId}/${contentHash}`;
}

/** A private reference image. */
export function uploadObject(accountId: string, uploadId: string): string {
  return `uploads/${accountId}/${uploadId}`;
}

/** A staged image before it is published: by attempt id if a provider generated it, by generation id for an upload. */
export function stagedObject(id: string): string {
  return `staging/${id}`;
}

/** What exported records are filed under: their account, or `studio` for those of no account. */
export interface ExportFolder {
  readonly accountId: string | null;
  readonly kind: string;
  /** `2026-11`. */
  readonly month: string;
}

/** Exported records. The content's digest is part of the name, so that a repeated export never overwrites another one. */
export function exportObject({ accountId, kind, month }: ExportFolder, contentHash: string): string {
  return `exports/${accountId ?? 'studio'}/${kind}/${month}/${contentHash}.ndjson.gz`;
}

/** The prefixes of all objects with a row; exports have none, and anything else in the bucket is not ours. */
export const OBJECT_PREFIXES = ['avatars/', 'staging/', 'uploads/'] as const;

const OWNER = /^(?:avatars|staging|uploads)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/|$)/;

/** The account of an object, or the attempt or generation of a staged image. */
export function ownerOfObject(name: string): string | undefined {
  return OWNER.exec(name)?.[1];
}

/** Prefixes of objects with the account in their names; all others are found only through `stored_objects`. */
export function prefixesOfAccount(accountId: string): readonly string[] {
  return [`avatars/${accountId}/`, `uploads/${accountId}/`, `exports/${accountId}/`];
}
