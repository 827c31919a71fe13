import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { enhancedPrompt, enhancePrompt, suggestPrompts } from '#contract/prompt.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';
import { useDebouncedValue } from '../hooks/use-debounced-value.ts';

/** Shorter than a pause to think, longer than one between letters. */
const SETTLED_MS = 200;
/** Fewer letters begin too many sentences. */
const LETTERS_MIN = 3;

export type EnhancedPrompt = z.infer<typeof enhancedPrompt>;
export type SuggestRequest = z.infer<typeof suggestPrompts>;

/** How the words might go on; the latest answer stays until the next is there. */
export function useSuggestions(request: SuggestRequest, wanted: boolean) {
  const http = useHttp();
  const body = useDebouncedValue(JSON.stringify(request), SETTLED_MS);
  return useQuery({
    queryKey: keys.promptSuggestions(body),
    queryFn: () => http.post('/prompts/suggest', { body: JSON.parse(body) as SuggestRequest }),
    enabled: wanted && (request.text ?? '').trim().length >= LETTERS_MIN,
    retry: false, // nobody waits for it
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
