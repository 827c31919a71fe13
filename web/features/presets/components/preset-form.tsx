import { useState } from 'react';
import { useController } from 'react-hook-form';
import { createPreset, type Preset } from '#contract/preset.ts';
import { PROMPT_MAX_LENGTH } from '#domain/prompt/prompt-text.ts';
import { STYLE_RULES, STYLES } from '#domain/prompt/style.ts';
import { Field, FIELD_CLASS } from '#web/components/field.tsx';
import { FormFooter } from '#web/components/form-footer.tsx';
import { useSchemaForm } from '#web/hooks/use-schema-form.ts';
import { createIdempotencyKeys } from '#web/http/idempotency-key.ts';
import { formatCount } from '#web/format/count.ts';
import { useCreatePreset, useUpdatePreset } from '../api/use-preset-changes.ts';

interface PresetFormProps {
  /** The preset to edit; undefined for a new one. */
  readonly preset?: Preset;
  readonly onDone: () => void;
}

const CATEGORIES = ['Professional', 'Anime', '3D and cartoon', 'Fantasy', 'Sci-fi', 'Artistic'];
const NO_STYLE = '';

/** Edits name, category, prompt, and style. A preset's persona and other attributes stay unchanged. */
export function PresetForm({ preset, onDone }: PresetFormProps) {
  const create = useCreatePreset();
  const update = useUpdatePreset(preset?.id ?? '');
  const [idempotencyKeys] = useState(() => createIdempotencyKeys());
  const { register, handleSubmit, formState, control } = useSchemaForm(createPreset, {
    name: preset?.name ?? '',
    category: preset?.category ?? '',
    prompt: preset?.prompt ?? '',
    attributes: preset?.attributes ?? {},
  });
  const { errors } = formState;
  const {
    field: { ref: styleRef, ...style },
  } = useController({ control, name: 'attributes.style' });
  const { error, isPending } = preset ? update : create;
  const submit = handleSubmit((body) => {
    if (preset) return update.mutate(body, { onSuccess: onDone });
    return create.mutate(
      { body, key: idempotencyKeys.keyFor(body) },
      {
        onSuccess: onDone,
        onError: (failure) => idempotencyKeys.failed(failure),
      },
    );
  });
  const field = (name: 'name' | 'category' | 'prompt') => ({
    ...register(name),
    id: `preset-${name}`,
    autoComplete: 'off',
    'aria-invalid': Boolean(errors[name]),
    'aria-describedby': `preset-${name}-error`,
    className: FIELD_CLASS,
  });
  return (
    <form onSubmit={submit} noValidate className="grid gap-5 overflow-y-auto p-4 md:p-6">
      <Field label="Name" id="preset-name" error={errors.name && 'Enter a name of at most 100 characters.'}>
        <input {...field('name')} placeholder="Tavern bard" />
      </Field>
      <Field
        label="Category"
        id="preset-category"
        error={errors.category && 'Enter a category of at most 60 characters.'}
      >
        <input {...field('category')} list="preset-categories" placeholder="Fantasy" />
      </Field>
      <datalist id="preset-categories">
        {CATEGORIES.map((category) => (
          <option key={category}>{category}</option>
        ))}
      </datalist>
      <Field
        label="Prompt"
        id="preset-prompt"
        error={errors.prompt && `Describe the face in at most ${formatCount(PROMPT_MAX_LENGTH)} characters.`}
      >
        <textarea
          {...field('prompt')}
          rows={5}
          placeholder="A traveling bard with a lute and a feathered cap, warm candlelight"
        />
      </Field>
      <Field label="Style" id="preset-style">
        <select
          id="preset-style"
          value={style.value ?? NO_STYLE}
          onChange={({ target }) => style.onChange(target.value || undefined)}
          onBlur={style.onBlur}
          ref={styleRef}
          className={FIELD_CLASS}
        >
          <option value={NO_STYLE}>Any</option>
          {STYLES.map((option) => (
            <option key={option} value={option}>
              {STYLE_RULES[option].label}
            </option>
          ))}
        </select>
      </Field>
      <FormFooter
        error={error}
        pending={isPending}
        action={preset ? 'Save changes' : 'Create preset'}
        pendingLabel="Saving the preset"
      />
    </form>
  );
}
