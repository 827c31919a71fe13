import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CreateGeneration } from '#contract/generation.ts';
import { useHttp } from '#web/http/http-context.ts';
import { RequestFailed } from '#web/http/request-failed.ts';
import { keys } from '#web/query/keys.ts';
import { useDebouncedValue } from '../hooks/use-debounced-value.ts';

/** Between two letters of somebody who writes at ease. */
const SETTLED_MS = 350;

/**
 * What the API would paint for this request, and who would.
 *
 * @param request undefined while something it needs is missing
 * @param projectId whose defaults are filled in
 * @returns the answer for just this request in `current`; the latest one before it in `latest`; why it would be refused in `refusal`
 */
export function usePromptPreview(request: CreateGeneration | undefined, projectId: string) {
  const http = useHttp();
  const body = request && JSON.stringify(request);
  const settled = useDebouncedValue(body, SETTLED_MS);
  const query = useQuery({
    queryKey: [...keys.promptPreview(settled ?? ''), projectId],
    queryFn: () =>
      http.post('/prompts/preview', { query: { projectId }, body: JSON.parse(settled ?? '{}') as CreateGeneration }),
    enabled: settled !== undefined,
    retry: false, // the dialog knows nearly all of it by itself
    placeholderData: keepPreviousData,
  });
  const isCurrent = settled === body && query.isSuccess && !query.isPlaceholderData;
  const isRefused = settled === body && query.error instanceof RequestFailed && query.error.code === 'prompt_rejected';
  const refusal = isRefused ? query.error?.message : undefined;
  return {
    refusal,
    current: isCurrent ? query.data : undefined,
    latest: settled === undefined ? undefined : query.data,
  };
}
