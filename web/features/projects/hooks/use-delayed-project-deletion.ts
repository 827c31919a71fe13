import type { Project } from '#contract/project.ts';
import { isolated } from '#domain/text/isolated.ts';
import { toastBeforeDeletion } from '#web/components/undo-toast.ts';
import { useDeleteProject } from '../api/use-change-project.ts';
import { unhideProject, hideProject } from '../hidden-projects.ts';

/** Deletes a project after its Undo toast has closed. Until then lists hide it, on other pages too. */
export function useDelayedProjectDeletion() {
  const { mutateAsync } = useDeleteProject();
  return ({ id, name }: Pick<Project, 'id' | 'name'>) => {
    hideProject(id);
    toastBeforeDeletion(`Deleted “${isolated(name)}” and its avatars.`, {
      send: () => mutateAsync(id),
      onRestore: () => unhideProject(id),
    });
  };
}
