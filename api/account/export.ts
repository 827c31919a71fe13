import type { ImageStore } from '#activities/storage/port.ts';
import { createArchiveNames } from '#domain/avatar/archive-name.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { type Account, readAccount } from '#drizzle/queries/accounts/accounts.ts';
import {
  exportAvatars,
  EXPORTED_LISTS,
  type ExportedList,
  exportRows,
  listUploadObjects,
} from '#drizzle/queries/accounts/export.ts';
import type { Archives, ArchiveEntry } from '../archive/archives.ts';
import { avatarEntries, readIfPresent } from '../archive/avatar-entries.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem, notFound } from '../problem.ts';

export interface ExportDeps {
  readonly database: Database;
  readonly store: Pick<ImageStore, 'read'>;
  readonly archives: Archives;
}

/**
 * Streams all data of the caller's account as a zip: lists as JSON, avatars with their images, reference images.
 * @throws ApiProblem forbidden for a service; not_found; unavailable
 */
export function exportProfile({ database, store, archives }: ExportDeps): Handler<'exportProfile'> {
  return async ({ caller, res }) => {
    if (caller.kind === 'service')
      throw new ApiProblem('forbidden', {
        detail: 'A service cannot export an account. Its user must sign in and export it',
      });
    const account = await readAccount(database, caller.accountId);
    if (!account) throw notFound();
    await archives.send(res, {
      accountId: account.id,
      fileName: 'avatar-studio-export.zip',
      entries: entries(account),
    });
    return undefined;
  };

  async function* entries(account: Account): AsyncGenerator<ArchiveEntry> {
    const lastModified = new Date();
    yield { name: 'profile.json', lastModified, input: `${JSON.stringify(profileOf(account), null, 2)}\n` };
    for (const list of Object.keys(EXPORTED_LISTS) as ExportedList[]) {
      yield { name: `${list}.json`, lastModified, input: jsonArray(exportRows(database, account.id, list)) };
    }
    const nameOf = createArchiveNames('avatar');
    for await (const avatar of exportAvatars(database, account.id)) {
      yield* await avatarEntries(store, avatar, `avatars/${nameOf(avatar.name)}`);
    }
    for (const { id, object, mimeType, createdAt } of await listUploadObjects(database, account.id)) {
      const bytes = await readIfPresent(store, object);
      const extension = mimeType.replace('image/', '');
      if (bytes) yield { name: `uploads/${id}.${extension}`, lastModified: createdAt, input: bytes };
    }
  }
}

function profileOf(account: Account) {
  const { id, subject, displayName, tier, defaults, posted, held, available, createdAt } = account;
  return { accountId: id, subject, name: displayName, tier, defaults, credits: { posted, held, available }, createdAt };
}

/** Writes each row as it is read, one a line. */
async function* jsonArray(rows: AsyncIterable<unknown>): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const row of rows) {
    yield `${separator}${JSON.stringify(row)}`;
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}
