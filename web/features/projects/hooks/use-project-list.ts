import { useMemo } from 'react';
import { matchesTerms, searchTerms } from '#domain/text/folded-text.ts';
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
  const terms = searchTerms(search);
  const found = projects.filter(
    ({ name, description }) => terms === undefined || matchesTerms(terms, [name, description]),
  );
  return { query, projects, found };
}
