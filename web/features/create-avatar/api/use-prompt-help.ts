import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { enhancedPrompt, enhancePrompt, suggestPrompts } from '#contract/prompt.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';
import { useDebouncedValue } from '../hooks/use-debounced-value.ts';

/** Longer than the gap between keystrokes, shorter than a pause to think. */
const DEBOUNCE_MS = 200;
/** Shorter texts have too many possible completions. */
const SUGGEST_MIN_LENGTH = 3;

export type EnhancedPrompt = z.infer<typeof enhancedPrompt>;
export type SuggestRequest = z.infer<typeof suggestPrompts>;

/** Suggested completions of the prompt. The previous suggestions stay until the next ones arrive. */
export function useSuggestions(request: SuggestRequest, enabled: boolean) {
  const http = useHttp();
  const body = useDebouncedValue(JSON.stringify(request), DEBOUNCE_MS);
  return useQuery({
    queryKey: keys.promptSuggestions(body),
    queryFn: () => http.post('/prompts/suggest', { body: JSON.parse(body) as SuggestRequest }),
    enabled: enabled && (request.text ?? '').trim().length >= SUGGEST_MIN_LENGTH,
    retry: false, // optional help: a failure is not shown
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  }).data?.suggestions;
}

export function useEnhancePrompt() {
  const http = useHttp();
  return useMutation({
    mutationFn: (request: z.infer<typeof enhancePrompt>) => http.post('/prompts/enhance', { body: request }),
  });
}
