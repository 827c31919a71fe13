import { zodResolver } from '@hookform/resolvers/zod';
import { useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import type { z } from 'zod';
import { createProject, type Project } from '../../../../contract/project.ts';
import { Button } from '../../../components/button.tsx';
import { Field, FIELD_CLASS } from '../../../components/field.tsx';
import { Sheet } from '../../../components/sheet.tsx';
import { createIdempotencyKeys } from '../../../http/idempotency-key.ts';
import { messageOf, RequestFailed } from '../../../http/request-failed.ts';
import { useCreateProject } from '../api/use-projects.ts';

interface CreateProjectDialogProps {
  readonly onClose: () => void;
  readonly onCreated: (project: Project) => void;
}

/** Two fields; the second may stay empty. */
export function CreateProjectDialog({ onClose, onCreated }: CreateProjectDialogProps) {
  const create = useCreateProject();
  const [idempotencyKeys] = useState(() => createIdempotencyKeys());
  const nameField = useRef<HTMLInputElement | null>(null);
  const { register, handleSubmit, formState } = useForm<
    z.input<typeof createProject>,
    unknown,
    z.output<typeof createProject>
  >({
    resolver: zodResolver(createProject),
    defaultValues: { name: '', description: '' },
  });
  const submit = handleSubmit((project) =>
    create.mutate(
      { project, key: idempotencyKeys.keyFor(project) },
      {
        onSuccess: onCreated,
        onError: (error) => {
          if (!(error instanceof RequestFailed && error.outcomeUnknown)) idempotencyKeys.settled();
        },
      },
    ),
  );
  const name = register('name');
  const { errors } = formState;
  return (
    <Sheet title="Make a project" open onClose={onClose} initialFocus={nameField}>
      <form onSubmit={submit} noValidate className="grid gap-5 overflow-y-auto p-4 md:p-6">
        <Field label="Name" id="project-name" error={errors.name && 'Give it a name of at most 100 characters.'}>
          <input
            {...name}
            ref={(element) => {
              name.ref(element);
              nameField.current = element;
            }}
            id="project-name"
            autoComplete="off"
            placeholder="Tavern cast"
            aria-invalid={Boolean(errors.name)}
            aria-describedby="project-name-error"
            className={FIELD_CLASS}
          />
        </Field>
        <Field
          label="What it is for (optional)"
          id="project-description"
          error={errors.description && 'At most 500 characters.'}
        >
          <textarea
            {...register('description')}
            id="project-description"
            rows={3}
            aria-invalid={Boolean(errors.description)}
            aria-describedby="project-description-error"
            className={FIELD_CLASS}
          />
        </Field>
        {create.error && (
          <p role="alert" className="text-13 text-bad">
            {messageOf(create.error)}
          </p>
        )}
        <Button type="submit" tone="go" size="large" disabled={create.isPending}>
          {create.isPending ? 'Making the project' : 'Make the project'}
        </Button>
      </form>
    </Sheet>
  );
}
