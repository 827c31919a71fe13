import { bulkhead, BulkheadRejectedError } from 'cockatiel';
import type { ImageStore } from '#activities/storage/port.ts';
import { personaLines } from '#domain/persona/persona-sheet.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { type Avatar, readAvatar } from '#drizzle/queries/avatars/avatars.ts';
import { readIfThere } from '../archive/avatar-entries.ts';
import type { Handler } from '../handler.ts';
import { drawCard } from './draw-card.ts';
import { ApiProblem, notFound } from '../problem.ts';

export interface CardDeps {
  readonly database: Database;
  readonly store: Pick<ImageStore, 'read'>;
}

/** Each takes about a tenth of a second of a core; libuv's other threads stay free. */
const DRAWN_AT_ONCE = 2;
const WAITING_MAX = 32;
const BUSY_RETRY_SECONDS = 2;
/** Raised when cards look different, so that nobody keeps an old one. */
const CARD_VERSION = 1;

/** Drawn only for who has no card of the avatar as it is now. An image that waits for review is left blank. */
export function readPersonaCard({ database, store }: CardDeps): Handler<'readPersonaCard'> {
  const slots = bulkhead(DRAWN_AT_ONCE, WAITING_MAX);
  return async ({ params, caller, req, res }) => {
    const row = await readAvatar(database, caller.accountId, params.id);
    if (!row) throw notFound();
    res
      .set('Cache-Control', 'private, no-cache')
      .set('ETag', `"${CARD_VERSION}-${row.updatedAt.getTime()}-${row.review}"`);
    if (req.fresh) {
      res.status(304).end();
      return undefined;
    }
    const card = await slots.execute(async () => drawCard(textOf(row), await imageOf(store, row))).catch(busy);
    res.status(200).type('image/jpeg').send(card);
    return undefined;
  };
}

function textOf(row: Avatar) {
  const { name, persona, review, credit } = row;
  const foot = [review === 'needs_review' ? 'Its image is being reviewed.' : '', credit ?? '', 'Avatar Studio'];
  return {
    name,
    facts: personaLines(row),
    story: persona.background,
    foot: foot.filter((line) => line !== '').join('\n'),
  };
}

async function imageOf(store: CardDeps['store'], row: Avatar): Promise<Buffer | undefined> {
  return row.review === 'needs_review' ? undefined : readIfThere(store, row.imageObject);
}

function busy(error: unknown): never {
  if (!(error instanceof BulkheadRejectedError)) throw error;
  throw new ApiProblem('unavailable', { retryAfterSeconds: BUSY_RETRY_SECONDS, cause: error });
}
