import { z } from 'zod';
import { type FailureClassifier, parseJson } from '../http/http-failure.ts';

/** Only the service's own title and field names: `detail` may quote the prompt. */
const problem = z.object({
  title: z.string().max(120).optional(),
  invalid_fields: z.array(z.object({ field: z.string().max(60) })).optional(),
});

export const REPLICATE_FAILURES: FailureClassifier = { service: 'Replicate', describe };

function describe(body: string): string {
  const parsed = problem.safeParse(parseJson(body));
  if (!parsed.success) return '';
  const { title, invalid_fields: fields = [] } = parsed.data;
  return [title, ...fields.map(({ field }) => field)].filter((word) => word !== undefined).join(', ');
}
