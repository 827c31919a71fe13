import type { Project } from '#contract/project.ts';
import { useUpdateProject } from '../api/use-change-project.ts';
import { ProjectForm } from './project-form.tsx';

interface EditProjectDialogProps {
  readonly project: Project;
  readonly onClose: () => void;
}

export function EditProjectDialog({ project, onClose }: EditProjectDialogProps) {
  const update = useUpdateProject(project.id);
  return (
    <ProjectForm
      title="Rename project"
      defaults={{ name: project.name, description: project.description }}
      action="Save project"
      acting="Saving project"
      pending={update.isPending}
      error={update.error}
      onSubmit={({ name, description }) =>
        update.mutate({ name, description: description ?? '' }, { onSuccess: onClose })
      }
      onClose={onClose}
    />
  );
}
