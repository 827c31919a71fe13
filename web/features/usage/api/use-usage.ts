import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { CostsBy, UsageCosts, usageSummary, usageTrends } from '../../../../contract/usage.ts';
import { useHttp } from '../../../http/http-context.ts';
import { keys } from '../../../query/keys.ts';
import type { UsageRange } from '../range.ts';

export type UsageSummary = z.infer<typeof usageSummary>;
export type UsageTrends = z.infer<typeof usageTrends>;

export function useUsageSummary(range: UsageRange) {
  return useFigures<UsageSummary>('summary', range, {});
}

export function useUsageTrends(range: UsageRange) {
  return useFigures<UsageTrends>('trends', range, { bucket: range.bucket });
}

export function useUsageCosts(range: UsageRange, by: CostsBy) {
  return useFigures<UsageCosts>('costs', range, { by });
}

/** While other days are read, the figures of the days before stay. */
function useFigures<Figures>(what: string, { from, to, account }: UsageRange, more: Record<string, string>) {
  const http = useHttp();
  const query = new URLSearchParams({ from, to, account, ...more }).toString();
  return useQuery({
    queryKey: keys.usage(what, query),
    queryFn: ({ signal }) => http.get<Figures>(`/usage/${what}?${query}`, signal),
    placeholderData: keepPreviousData,
  });
}
