import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ListOf } from '#contract/list.ts';
import type { CreateProject, Project } from '#contract/project.ts';
import { useHttp } from '#web/http/http-context.ts';
import { keys } from '#web/query/keys.ts';
import { pageQuery } from '#web/query/page-query.ts';

const PAGE_SIZE = 24;

export function useProjects() {
  const http = useHttp();
  return useInfiniteQuery({
    queryKey: keys.projects,
    queryFn: ({ pageParam, signal }) => http.get('/projects', { query: pageQuery(PAGE_SIZE, pageParam), signal }),
    initialPageParam: '',
    getNextPageParam: ({ meta }) => meta.nextCursor,
  });
}

export function useProject(projectId: string) {
  const http = useHttp();
  const client = useQueryClient();
  return useQuery<Project>({
    queryKey: keys.project(projectId),
    queryFn: ({ signal }) => http.get('/projects/{id}', { path: { id: projectId }, signal }),
    placeholderData: () =>
      client
        .getQueryData<{ pages: ListOf<Project>[] }>(keys.projects)
        ?.pages.flatMap((page) => page.data)
        .find((project) => project.id === projectId),
  });
}

export function useCreateProject() {
  const http = useHttp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ project, key }: { project: CreateProject; key: string }) =>
      http.post('/projects', { body: project, idempotencyKey: key }),
    onSuccess: (project) => {
      client.setQueryData(keys.project(project.id), project);
      return client.invalidateQueries({ queryKey: keys.projects });
    },
  });
}
