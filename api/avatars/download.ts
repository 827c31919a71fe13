import type { ImageStore } from '#activities/storage/port.ts';
import { createArchiveNames } from '#domain/avatar/archive-name.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { type Avatar, readAvatars } from '#drizzle/queries/avatars/avatars.ts';
import type { Archives, ArchiveEntry } from '../archive/archives.ts';
import { avatarEntries } from '../archive/avatar-entries.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';

export interface DownloadDeps {
  readonly database: Database;
  readonly store: Pick<ImageStore, 'read'>;
  readonly archives: Archives;
}

/** Sends the images and persona sheets of all requested avatars, or none. One image is in memory at a time. */
export function downloadAvatars({ database, store, archives }: DownloadDeps): Handler<'downloadAvatars'> {
  return async ({ body, caller, res }) => {
    const found = await readAvatars(database, caller.accountId, body.ids);
    if (found.length < body.ids.length) throw notFound();
    const byId = new Map(found.map((avatar) => [avatar.id, avatar]));
    const wanted = body.ids.map((id) => byId.get(id)!);
    await archives.send(res, { accountId: caller.accountId, fileName: 'avatars.zip', entries: entries(wanted) });
    return undefined;
  };

  async function* entries(avatars: readonly Avatar[]): AsyncGenerator<ArchiveEntry> {
    const nameOf = createArchiveNames('avatar');
    for (const avatar of avatars) yield* await avatarEntries(store, avatar, nameOf(avatar.name));
  }
}
