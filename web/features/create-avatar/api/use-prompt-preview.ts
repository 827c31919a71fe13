import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CreateGeneration } from '#contract/generation.ts';
import { useHttp } from '#web/http/http-context.ts';
import { RequestFailed } from '#web/http/request-failed.ts';
import { keys } from '#web/query/keys.ts';
import { useDebouncedValue } from '../hooks/use-debounced-value.ts';

/** Longer than the gap between keystrokes of a slow typist. */
const DEBOUNCE_MS = 350;

/**
 * Previews the final prompt and the provider plan of a request.
 *
 * @param request undefined while a required field is missing
 * @param projectId the project whose defaults apply
 * @returns `current`, the preview of exactly this request; `latest`, the most recent preview; `refusal`, the error if it would be refused
 */
export function usePromptPreview(request: CreateGeneration | undefined, projectId: string) {
  const http = useHttp();
  const body = request && JSON.stringify(request);
  const debounced = useDebouncedValue(body, DEBOUNCE_MS);
  const query = useQuery({
    queryKey: [...keys.promptPreview(debounced ?? ''), projectId],
    queryFn: () =>
      http.post('/prompts/preview', { query: { projectId }, body: JSON.parse(debounced ?? '{}') as CreateGeneration }),
    enabled: debounced !== undefined,
    retry: false, // the dialog builds most of the preview without the API
    placeholderData: keepPreviousData,
  });
  const isCurrent = debounced === body && query.isSuccess && !query.isPlaceholderData;
  const isRefused =
    debounced === body && query.error instanceof RequestFailed && query.error.code === 'prompt_not_allowed';
  const refusal = isRefused ? (query.error ?? undefined) : undefined;
  return {
    refusal,
    current: isCurrent ? query.data : undefined,
    latest: debounced === undefined ? undefined : query.data,
  };
}
