import { z } from 'zod';

/** An id becomes part of a URL's path, so it must not contain characters that could change the path. */
export const predictionId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** The fields of a prediction that we read; the service sends more. */
export const prediction = z.object({
  id: predictionId,
  model: z.string(),
  // An unknown status counts as running; the attempt's own timeout ends it.
  status: z.string(),
  input: z.record(z.string(), z.unknown()),
  output: z.unknown().optional(),
  error: z.unknown().optional(),
  logs: z.string().nullish(),
  data_removed: z.boolean().nullish(),
  created_at: z.iso.datetime({ offset: true }),
  completed_at: z.iso.datetime({ offset: true }).nullish(),
  /** The address that is called when it has ended; it names the attempt. */
  webhook: z.string().nullish(),
  deadline: z.iso.datetime({ offset: true }).nullish(),
});
export type Prediction = z.infer<typeof prediction>;

export const predictionPage = z.object({ next: z.string().nullish(), results: z.array(prediction) });
export type PredictionPage = z.infer<typeof predictionPage>;

/** The URLs of the images; FLUX models return a list or a single one. */
export function outputUrls(output: unknown): string[] {
  const list = Array.isArray(output) ? output : [output];
  return list.filter((item): item is string => typeof item === 'string');
}
