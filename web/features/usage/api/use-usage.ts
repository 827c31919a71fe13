import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { CostsBy, usageSummary, usageTrends } from '#contract/usage.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';
import type { UsageRange } from '../range.ts';

export type UsageSummary = z.infer<typeof usageSummary>;
export type UsageTrends = z.infer<typeof usageTrends>;

export function useUsageSummary(range: UsageRange) {
  const http = useHttp();
  const query = spanOf(range);
  return useFigures('summary', query, (signal) => http.get('/usage/summary', { query, signal }));
}

export function useUsageTrends(range: UsageRange) {
  const http = useHttp();
  const query = { ...spanOf(range), bucket: range.bucket };
  return useFigures('trends', query, (signal) => http.get('/usage/trends', { query, signal }));
}

export function useUsageCosts(range: UsageRange, by: CostsBy) {
  const http = useHttp();
  const query = { ...spanOf(range), by };
  return useFigures('costs', query, (signal) => http.get('/usage/costs', { query, signal }));
}

function spanOf({ from, to, account }: UsageRange) {
  return { from, to, account };
}

/** Keeps the previous figures while another range loads. */
function useFigures<Figures>(
  report: string,
  query: Record<string, string>,
  read: (signal: AbortSignal) => Promise<Figures>,
) {
  return useQuery({
    queryKey: keys.usage(report, new URLSearchParams(query).toString()),
    queryFn: ({ signal }) => read(signal),
    placeholderData: keepPreviousData,
  });
}
