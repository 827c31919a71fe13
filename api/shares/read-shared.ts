import type { Database } from '#drizzle/connection/database.ts';
import { readShared as read, type Shared } from '#drizzle/queries/avatars/shares.ts';
import { presentProvenance } from '../avatars/present.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import type { ShareDeps } from './list.ts';
import { digestOf } from './share-token.ts';

/** A revoked link ends at once, also in caches, and no search engine lists one. */
export const FOR_VISITORS = {
  'Cache-Control': 'private, no-store',
  'X-Robots-Tag': 'noindex, nofollow, noarchive',
  'Referrer-Policy': 'no-referrer',
} as const;

/** @throws ApiProblem not_found, alike whatever the reason */
export async function requireShared(database: Database, token: string): Promise<Shared> {
  const shared = await read(database, digestOf(token));
  if (!shared) throw notFound();
  return shared;
}

export function readShared({ database }: ShareDeps): Handler<'readShared'> {
  return async ({ params }) => {
    const { avatar, showsName, expiresAt } = await requireShared(database, params.token);
    const body = {
      name: showsName ? avatar.name : null,
      width: avatar.widthPx,
      height: avatar.heightPx,
      credit: avatar.credit,
      provenance: presentProvenance(avatar),
      expiresAt: expiresAt.toISOString(),
    };
    return { status: 200, body, headers: FOR_VISITORS };
  };
}
