import { z } from 'zod';

/** An id becomes part of a path, so it may hold nothing that could change that path. */
const requestId = z.string().regex(/^[A-Za-z0-9-]{8,64}$/);

export const accepted = z.object({ request_id: requestId });

export const queueStatus = z.object({
  // A word we don't know yet counts as "still running": the attempt's own time bound ends it.
  status: z.string(),
  /** Of a request that is over without a result. */
  error_type: z.string().nullish(),
});
export type QueueStatus = z.infer<typeof queueStatus>;

/** What FLUX answers with. */
export const fluxOutput = z.object({
  images: z.array(z.object({ url: z.string() })),
  /** The image of a true one is black. */
  has_nsfw_concepts: z.array(z.boolean()).nullish(),
});

const historyItem = z.object({
  request_id: requestId,
  sent_at: z.iso.datetime({ offset: true }),
  status_code: z.int().nullish(),
  json_input: z.record(z.string(), z.unknown()).nullish(),
});
export type HistoryItem = z.infer<typeof historyItem>;

export const historyPage = z.object({
  items: z.array(historyItem),
  next_cursor: z.string().nullish(),
  has_more: z.boolean(),
});
export type HistoryPage = z.infer<typeof historyPage>;
