import type { z } from 'zod';

/**
 * Converts a document from one version to the next. Declares what it reads; `{}` or `[]` too where the database writes that itself,
 * as a default or in an erasure.
 */
export type Upcaster = (stored: never) => unknown;

/** A kind of JSON document in a column. The newest version is an object, unless there is only one. */
export interface DocumentKind<Value, Upcasters extends readonly Upcaster[] = readonly Upcaster[]> {
  readonly name: string;
  /** The newest version. Tests apply it to stored documents; reading does not: one odd row must not fail a whole list. */
  readonly schema: z.ZodType<Value>;
  /** From version 1 to 2, from 2 to 3 …: each adds a version. */
  readonly upcasters: Upcasters;
  /** From the newest version to the one before, which is written as long as processes of the earlier release may read it. */
  downcast?(value: Value): unknown;
}

/** The key of the version inside a document. One without it is of version 1. */
const VERSION_KEY = 'v';

/** Only a newer release knows this version. The row is intact: a process of that release can read it. */
export class DocumentFromNewerRelease extends Error {
  override readonly name = 'DocumentFromNewerRelease';
}

export function newestVersion({ upcasters }: Pick<DocumentKind<unknown>, 'upcasters'>): number {
  return upcasters.length + 1;
}

/**
 * The stored document in the newest version.
 * @throws DocumentFromNewerRelease
 */
export function readDocument<Value>(kind: DocumentKind<Value>, stored: unknown): Value {
  const [version, document] = split(stored);
  const newest = newestVersion(kind);
  if (version > newest) {
    throw new DocumentFromNewerRelease(
      `A document of the kind ${kind.name} has version ${version} and was written by a newer release; this one reads up to ${newest}`,
    );
  }
  return kind.upcasters
    .slice(version - 1)
    .reduce<unknown>((upcasted, upcast) => upcast(upcasted as never), document) as Value;
}

/** What to store: the value with its version, which version 1 leaves out. */
export function writeDocument<Value>(kind: DocumentKind<Value>, value: Value): unknown {
  const version = kind.downcast ? newestVersion(kind) - 1 : newestVersion(kind);
  const document = kind.downcast ? kind.downcast(value) : value;
  return version === 1 ? document : { ...(document as object), [VERSION_KEY]: version };
}

function split(stored: unknown): [version: number, document: unknown] {
  if (typeof stored !== 'object' || stored === null || !(VERSION_KEY in stored)) return [1, stored];
  const { [VERSION_KEY]: version, ...document } = stored;
  return [Number(version), document];
}
