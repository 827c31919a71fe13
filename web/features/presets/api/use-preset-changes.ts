import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { CreatePreset, updatePreset } from '#contract/preset.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';

export type UpdatePreset = z.input<typeof updatePreset>;

export function usePreset(presetId: string) {
  const http = useHttp();
  return useQuery({
    queryKey: keys.preset(presetId),
    queryFn: ({ signal }) => http.get('/presets/{id}', { path: { id: presetId }, signal }),
  });
}

export function useCreatePreset() {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: CreatePreset; key: string }) =>
      http.post('/presets', { body, idempotencyKey: key }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.presets }),
  });
}

export function useUpdatePreset(presetId: string) {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdatePreset) => http.patch('/presets/{id}', { path: { id: presetId }, body }),
    onSuccess: (preset) => {
      client.setQueryData(keys.preset(presetId), preset);
      return client.invalidateQueries({ queryKey: keys.presets });
    },
  });
}

export function useDeletePreset() {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (presetId: string) => http.delete('/presets/{id}', { path: { id: presetId } }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.presets }),
  });
}
