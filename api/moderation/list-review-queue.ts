import type { ImageStore } from '#activities/storage/port.ts';
import type { ReviewItem } from '#contract/moderation.ts';
import { modelLabel } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { listReviewQueue as readPage, type InReview } from '#drizzle/queries/admin/moderation.ts';
import type { Handler } from '../handler.ts';
import { listOfPage, pageRequest } from '../page.ts';

export interface ReviewQueueDeps {
  readonly database: Database;
  readonly store: Pick<ImageStore, 'signedUrl'>;
}

/** Lists the avatars in review with their images. No other route shows an image in review. */
export function listReviewQueue({ database, store }: ReviewQueueDeps): Handler<'listReviewQueue'> {
  const present = async (row: InReview): Promise<ReviewItem> => ({
    avatarId: row.id,
    accountId: row.accountId,
    generationId: row.generationId,
    name: row.name,
    sourceType: row.sourceType,
    prompt: row.prompt,
    provider: row.provider,
    model: row.model && modelLabel(row.provider, row.model),
    imageUrl: await store.signedUrl(row.imageObject),
    thumbnailUrl: await store.signedUrl(row.thumbnailObject),
    scores: row.scores,
    createdAt: row.createdAt.toISOString(),
  });
  return async ({ query }) => {
    const page = await readPage(database, pageRequest(query));
    return { status: 200, body: listOfPage(page, await Promise.all(page.items.map(present))) };
  };
}
