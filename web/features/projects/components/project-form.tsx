import { useRef } from 'react';
import { type CreateProject, createProject } from '#contract/project.ts';
import { Field, FIELD_CLASS, TextField } from '#web/components/field.tsx';
import { FormFooter } from '#web/components/form-footer.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { useSchemaForm } from '#web/hooks/use-schema-form.ts';

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
  const { register, handleSubmit, formState } = useSchemaForm(createProject, defaults);
  const name = register('name');
  const { errors } = formState;
  return (
    <Sheet title={title} open onClose={onClose} initialFocus={nameField}>
      <form onSubmit={handleSubmit(onSubmit)} noValidate className="grid gap-5 overflow-y-auto p-4 md:p-6">
        <TextField
          {...name}
          ref={(element) => {
            name.ref(element);
            nameField.current = element;
          }}
          label="Name"
          id="project-name"
          placeholder="Tavern cast"
          dir="auto"
          error={errors.name && 'Enter a name of at most 100 characters.'}
        />
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
