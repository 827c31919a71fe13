import { useState } from 'react';
import type { CreateProject, Project } from '#contract/project.ts';
import { createIdempotencyKeys } from '#web/http/idempotency-key.ts';
import { useCreateProject } from '../api/use-projects.ts';
import { ProjectForm } from './project-form.tsx';

interface CreateProjectDialogProps {
  readonly onClose: () => void;
  readonly onCreated: (project: Project) => void;
}

const EMPTY = { name: '', description: '' };

export function CreateProjectDialog({ onClose, onCreated }: CreateProjectDialogProps) {
  const create = useCreateProject();
  const [idempotencyKeys] = useState(() => createIdempotencyKeys());
  const submit = (project: CreateProject) =>
    create.mutate(
      { project, key: idempotencyKeys.keyFor(project) },
      {
        onSuccess: onCreated,
        onError: (error) => idempotencyKeys.failed(error),
      },
    );
  return (
    <ProjectForm
      title="New project"
      defaults={EMPTY}
      action="Create project"
      acting="Creating project"
      pending={create.isPending}
      error={create.error}
      onSubmit={submit}
      onClose={onClose}
    />
  );
}
