import { useMemo } from 'react';
import { useProjects } from '../api/use-projects.ts';
import { useHiddenProjects } from '../hidden-projects.ts';

/** All projects that are not being deleted; those whose name or purpose has the words. */
export function useProjectList(words: string) {
  const query = useProjects();
  const leaving = useHiddenProjects();
  const { data } = query;
  const projects = useMemo(
    () => (data?.pages.flatMap((page) => page.data) ?? []).filter(({ id }) => !leaving.has(id)),
    [data, leaving],
  );
  const wanted = words.trim().toLocaleLowerCase();
  const found = projects.filter((project) =>
    `${project.name} ${project.description}`.toLocaleLowerCase().includes(wanted),
  );
  return { query, projects, found };
}
