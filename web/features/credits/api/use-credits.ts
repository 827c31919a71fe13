import { useQuery } from '@tanstack/react-query';
import type { Credits } from '#contract/credits.ts';
import { DEFAULT_PRICES, type Prices } from '#domain/generation/pricing.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';

/** The balance; fetched once, then updated by the event stream. */
export function useCredits(): Credits | undefined {
  const http = useHttp();
  return useQuery({
    queryKey: keys.credits,
    queryFn: ({ signal }) => http.get('/credits', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
}

/** Prices of this studio; the defaults while loading. */
export function usePrices(): Prices {
  const http = useHttp();
  const { data } = useQuery({
    queryKey: keys.prices,
    queryFn: ({ signal }) => http.get('/credits/prices', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? DEFAULT_PRICES;
}
