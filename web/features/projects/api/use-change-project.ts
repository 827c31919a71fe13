import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { updateProject } from '#contract/project.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';

export function useUpdateProject(projectId: string) {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: z.input<typeof updateProject>) =>
      http.patch('/projects/{id}', { path: { id: projectId }, body: change }),
    onSuccess: (project) => {
      client.setQueryData(keys.project(projectId), project);
      return client.invalidateQueries({ queryKey: keys.projects });
    },
  });
}

/** Deletes a project and all its avatars permanently. */
export function useDeleteProject() {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (projectId: string) => http.delete('/projects/{id}', { path: { id: projectId } }),
    onSettled: () =>
      Promise.all([keys.projects, keys.avatars()].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}
