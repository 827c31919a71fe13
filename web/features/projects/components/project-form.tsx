import { zodResolver } from '@hookform/resolvers/zod';
import { useRef } from 'react';
import { useForm } from 'react-hook-form';
import type { z } from 'zod';
import { type CreateProject, createProject } from '#contract/project.ts';
import { Field, FIELD_CLASS } from '#web/components/field.tsx';
import { FormFooter } from '#web/components/form-footer.tsx';
import { Sheet } from '#web/components/sheet.tsx';

interface ProjectFormProps {
  readonly title: string;
  readonly defaults: { readonly name: string; readonly description: string };
  readonly action: string;
  /** Label of the action while it is pending. */
  readonly acting: string;
  readonly pending: boolean;
  readonly error: unknown;
  readonly onSubmit: (project: CreateProject) => void;
  readonly onClose: () => void;
}

/** Name and optional description of a project. */
export function ProjectForm(props: ProjectFormProps) {
  const { title, defaults, action, acting, pending, error, onSubmit, onClose } = props;
  const nameField = useRef<HTMLInputElement | null>(null);
  const { register, handleSubmit, formState } = useForm<
    z.input<typeof createProject>,
    unknown,
    z.output<typeof createProject>
  >({ resolver: zodResolver(createProject), defaultValues: defaults });
  const name = register('name');
  const { errors } = formState;
  return (
    <Sheet title={title} open onClose={onClose} initialFocus={nameField}>
      <form onSubmit={handleSubmit(onSubmit)} noValidate className="grid gap-5 overflow-y-auto p-4 md:p-6">
        <Field label="Name" id="project-name" error={errors.name && 'Enter a name of at most 100 characters.'}>
          <input
            {...name}
            ref={(element) => {
              name.ref(element);
              nameField.current = element;
            }}
            id="project-name"
            autoComplete="off"
            placeholder="Tavern cast"
            dir="auto"
            aria-invalid={Boolean(errors.name)}
            aria-describedby="project-name-error"
            className={FIELD_CLASS}
          />
        </Field>
        <Field
          label="Description (optional)"
          id="project-description"
          error={errors.description && 'At most 500 characters.'}
        >
          <textarea
            {...register('description')}
            id="project-description"
            rows={3}
            dir="auto"
            aria-invalid={Boolean(errors.description)}
            aria-describedby="project-description-error"
            className={FIELD_CLASS}
          />
        </Field>
        <FormFooter error={error} pending={pending} action={action} pendingLabel={acting} />
      </form>
    </Sheet>
  );
}
