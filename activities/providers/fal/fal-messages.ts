import { z } from 'zod';

/** An id becomes part of a URL's path, so it must not contain characters that could change the path. */
const requestId = z.string().regex(/^[A-Za-z0-9-]{8,64}$/);

export const accepted = z.object({
  request_id: requestId,
  /** Where the request is read and cancelled; only the path is used, since the host would receive our key. */
  response_url: z.string().nullish(),
});
export type Accepted = z.infer<typeof accepted>;

export const queueStatus = z.object({
  // An unknown status counts as running; the attempt's own timeout ends it.
  status: z.string(),
  /** Set for a request that ended without a result. */
  error_type: z.string().nullish(),
});
export type QueueStatus = z.infer<typeof queueStatus>;

/** The output of FLUX. */
export const fluxOutput = z.object({
  images: z.array(z.object({ url: z.string() })),
  /** Where true, the image is black. */
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
