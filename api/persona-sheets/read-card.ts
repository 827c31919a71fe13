import { bulkhead, BulkheadRejectedError } from 'cockatiel';
import type { ContentSigner } from '../content-credentials/content-signer.ts';
import type { ImageStore } from '#activities/storage/port.ts';
import { provenanceOf } from '#domain/avatar/provenance.ts';
import { isHidden, type ReviewState } from '#domain/moderation/review.ts';
import { personaLines } from '#domain/persona/persona-sheet.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { type Avatar, readAvatar } from '#drizzle/queries/avatars/avatars.ts';
import { readIfPresent } from '../archive/avatar-entries.ts';
import type { Handler } from '../handler.ts';
import { drawCard } from './draw-card.ts';
import { ApiProblem, notFound } from '../problem.ts';

export interface CardDeps {
  readonly database: Database;
  readonly store: Pick<ImageStore, 'read'>;
  readonly contentSigner: ContentSigner;
}

/** Drawing a card takes about a tenth of a second of one core; libuv's other threads stay free. */
const DRAWING_MAX = 2;
const WAITING_MAX = 32;
const BUSY_RETRY_SECONDS = 2;
/** Raise it when the design of the card changes, so that cached cards are replaced. */
const CARD_VERSION = 3;

/** Draws the card unless the client's cached one is current. An image in review is left blank. */
export function readPersonaCard({ database, store, contentSigner }: CardDeps): Handler<'readPersonaCard'> {
  const slots = bulkhead(DRAWING_MAX, WAITING_MAX);
  return async ({ params, caller, req, res }) => {
    const row = await readAvatar(database, caller.accountId, params.id);
    if (!row) throw notFound();
    const provenance = provenanceOf(row);
    const signature = provenance ? (contentSigner.variant('jpeg') ?? '') : '';
    res
      .set('Cache-Control', 'private, no-cache')
      .set('ETag', `"${CARD_VERSION}-${row.updatedAt.getTime()}-${row.review}-${signature}"`);
    if (req.fresh) {
      res.status(304).end();
      return undefined;
    }
    const card = await slots
      .execute(async () =>
        contentSigner.sign(await drawCard(textOf(row), await imageOf(store, row), provenance), 'jpeg', provenance),
      )
      .catch(busy);
    res.status(200).type('image/jpeg').send(card);
    return undefined;
  };
}

const HIDDEN_NOTES: Readonly<Record<ReviewState, string>> = {
  clear: '',
  approved: '',
  needs_review: 'The image is being reviewed.',
  taken_down: 'The image was taken down.',
};

function textOf(row: Avatar) {
  const { name, persona, review, credit } = row;
  const footer = [HIDDEN_NOTES[review], credit ?? '', 'Avatar Studio'];
  return {
    name,
    facts: personaLines(row),
    story: persona.background,
    footer: footer.filter((text) => text !== '').join('\n'),
  };
}

async function imageOf(store: CardDeps['store'], row: Avatar): Promise<Buffer | undefined> {
  return isHidden(row.review) ? undefined : readIfPresent(store, row.imageObject);
}

function busy(error: unknown): never {
  if (!(error instanceof BulkheadRejectedError)) throw error;
  throw new ApiProblem('unavailable', { retryAfterSeconds: BUSY_RETRY_SECONDS, cause: error });
}
