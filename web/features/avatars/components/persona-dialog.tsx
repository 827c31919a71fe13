import type { Avatar } from '#contract/avatar.ts';
import { FormFooter } from '#web/components/form-footer.tsx';
import { Field, FIELD_CLASS } from '#web/components/field.tsx';
import { Sheet } from '#web/components/sheet.tsx';
import { useUpdateAvatar } from '../api/use-update-avatar.ts';
import { usePersonaForm } from '../hooks/use-persona-form.ts';
import type { PersonaDraft } from '../persona-draft.ts';

interface PersonaDialogProps {
  readonly avatar: Avatar;
  readonly onClose: () => void;
}

/** Edits an avatar's persona. Empty fields are cleared. */
export function PersonaDialog({ avatar, onClose }: PersonaDialogProps) {
  const update = useUpdateAvatar(avatar.id);
  const { register, handleSubmit, formState } = usePersonaForm(avatar.persona);
  const { errors } = formState;
  const submit = handleSubmit((changes) => update.mutate(changes, { onSuccess: onClose }));
  const field = (name: keyof PersonaDraft) => ({
    ...register(name),
    id: `persona-${name}`,
    dir: 'auto',
    autoComplete: 'off',
    'aria-invalid': Boolean(errors[name]),
    'aria-describedby': `persona-${name}-error`,
    className: FIELD_CLASS,
  });
  return (
    <Sheet title="Persona" aside={avatar.name} open onClose={onClose}>
      <form onSubmit={submit} noValidate className="grid gap-5 overflow-y-auto p-4 md:p-6">
        <div className="grid grid-cols-[minmax(0,1fr)_96px] gap-3">
          <Field label="Name" id="persona-name" error={errors.name?.message}>
            <input {...field('name')} placeholder="Mira Vale" />
          </Field>
          <Field label="Age" id="persona-age" error={errors.age?.message}>
            <input {...field('age')} inputMode="numeric" placeholder="27" />
          </Field>
        </div>
        <Field label="Personality" id="persona-personality" error={errors.personality?.message}>
          <input {...field('personality')} placeholder="wry, watchful, loyal" />
        </Field>
        <Field label="Background" id="persona-background" error={errors.background?.message}>
          <textarea {...field('background')} rows={6} placeholder="Keeps the ledger at the Gilded Boar." />
        </Field>
        <FormFooter
          error={update.error}
          pending={update.isPending}
          action="Save persona"
          pendingLabel="Saving persona"
        />
      </form>
    </Sheet>
  );
}
