import { toast } from 'sonner';
import type { Project } from '#contract/project.ts';
import { messageOf } from '#web/http/request-failed.ts';
import { useDeleteProject } from '../api/use-change-project.ts';
import { unhideProject, hideProject } from '../hidden-projects.ts';

/** As long as the words take to read and a hand to move. */
const UNDO_MS = 8_000;

/**
 * Deleting a project is final, so it is asked for only when the way back is no longer offered. Until then it is out of sight; going to
 * another page changes nothing about that, closing the tab keeps the project.
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
