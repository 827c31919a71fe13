import { ChevronRight } from 'lucide-react';
import { useId } from 'react';
import { Field, FIELD_CLASS } from '#web/components/field.tsx';
import type { PersonaDraft } from '#web/features/avatars/persona-draft.ts';
import type { CreateAvatarForm } from '../hooks/use-create-avatar-form.ts';

/** The persona fields of the create dialog: collapsed at first, expanded when a field has an error. */
export function PersonaFields({ form }: { readonly form: CreateAvatarForm }) {
  const id = useId();
  const errors = form.formState.errors.persona;
  const filledCount = Object.values(form.watch('persona')).filter((value) => value.trim()).length;
  const field = (name: keyof PersonaDraft) => ({
    ...form.register(`persona.${name}`),
    id: `${id}-${name}`,
    dir: 'auto',
    autoComplete: 'off',
    'aria-invalid': Boolean(errors?.[name]),
    'aria-describedby': `${id}-${name}-error`,
    className: FIELD_CLASS,
  });
  return (
    <details open={errors ? true : undefined} className="group border-y border-line">
      <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 text-13 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          size={16}
          strokeWidth={1.5}
          aria-hidden="true"
          className="group-open:rotate-90 rtl:-scale-x-100"
        />
        <span className="font-strong">Persona</span>
        <span className="ml-auto text-ink-3">
          {filledCount > 0 ? `${filledCount} of 4 set` : 'name, age, personality, background'}
        </span>
      </summary>
      <div className="grid gap-4 pt-1 pb-4">
        <div className="grid grid-cols-[minmax(0,1fr)_88px] gap-3">
          <Field label="Persona name" id={`${id}-name`} error={errors?.name?.message}>
            <input {...field('name')} placeholder="Mira Vale" />
          </Field>
          <Field label="Age" id={`${id}-age`} error={errors?.age?.message}>
            <input {...field('age')} inputMode="numeric" placeholder="27" />
          </Field>
        </div>
        <Field label="Personality" id={`${id}-personality`} error={errors?.personality?.message}>
          <input {...field('personality')} placeholder="wry, watchful, loyal" />
        </Field>
        <Field label="Background" id={`${id}-background`} error={errors?.background?.message}>
          <textarea {...field('background')} rows={3} placeholder="Keeps the ledger at the Gilded Boar." />
        </Field>
      </div>
    </details>
  );
}
