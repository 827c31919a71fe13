import { toast } from 'sonner';
import type { Project } from '#contract/project.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { useDeleteProject } from '../api/use-change-project.ts';
import { unhideProject, hideProject } from '../hidden-projects.ts';

/** Long enough to read the toast and press Undo. */
const UNDO_MS = 8_000;

/**
 * Deletes a project after its Undo toast has closed, because the API can't restore it. Until then lists hide it. Navigating to
 * another page does not cancel the deletion; closing the tab does.
 */
export function useLateDelete() {
  const { mutateAsync } = useDeleteProject();
  return ({ id, name }: Pick<Project, 'id' | 'name'>) => {
    hideProject(id);
    let undone = false;
    const send = () => {
      if (undone) return;
      undone = true; // A toast can end in more than one way.
      mutateAsync(id).catch((error: unknown) => {
        unhideProject(id);
        toast.error(messageOf(error));
      });
    };
    toast(`Deleted “${name}” and its avatars.`, {
      duration: UNDO_MS,
      action: {
        label: 'Undo',
        onClick: () => {
          undone = true;
          unhideProject(id);
        },
      },
      onAutoClose: send,
      onDismiss: send,
    });
  };
}
