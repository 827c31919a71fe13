import { useMutation } from '@tanstack/react-query';
import type { z } from 'zod';
import type { cancelGenerations, cancelledGenerations } from '#contract/admin.ts';
import { useHttp } from '#web/http/http-context.ts';

export type CancelFilter = z.input<typeof cancelGenerations>;
export type Cancelled = z.infer<typeof cancelledGenerations>;

/** Cancels the oldest unfinished generations that match the filter. */
export function useCancelGenerations() {
  const http = useHttp();
  return useMutation({
    mutationFn: (filter: CancelFilter) => http.post('/admin/generations/cancel', { body: filter }),
  });
}
