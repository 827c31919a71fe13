import { useMemo } from 'react';
import { useProjects } from '../api/use-projects.ts';
import { useHiddenProjects } from '../hidden-projects.ts';

/** All projects that are not being deleted, and those whose name or description contains the search text. */
export function useProjectList(search: string) {
  const query = useProjects();
  const hidden = useHiddenProjects();
  const { data } = query;
  const projects = useMemo(
    () => (data?.pages.flatMap((page) => page.data) ?? []).filter(({ id }) => !hidden.has(id)),
    [data, hidden],
  );
  const wanted = search.trim().toLocaleLowerCase();
  const found = projects.filter((project) =>
    `${project.name} ${project.description}`.toLocaleLowerCase().includes(wanted),
  );
  return { query, projects, found };
}
