import { zodResolver } from '@hookform/resolvers/zod';
import { type FieldErrors, type Resolver, useForm } from 'react-hook-form';
import { type Persona, type UpdateAvatar, updateAvatar } from '#contract/avatar.ts';
import { PERSONA_MESSAGES, type PersonaDraft, personaDraft, personaOf } from '../persona-draft.ts';

const check = zodResolver(updateAvatar);
const CLEARED: Readonly<Record<keyof Persona, null>> = { name: null, age: null, personality: null, background: null };

/** Validates with the contract's schema and assigns its errors to the form fields. */
const resolver: Resolver<PersonaDraft, unknown, UpdateAvatar> = async (draft, context, options) => {
  const changes = { persona: { ...CLEARED, ...personaOf(draft) } }; // an empty field is cleared
  const result = await check(changes, context, { ...options, fields: {} });
  const invalidFields = Object.keys((result.errors as FieldErrors<{ persona: PersonaDraft }>).persona ?? {});
  if (invalidFields.length === 0) return result as { values: UpdateAvatar; errors: Record<string, never> };
  const messages = (invalidFields as (keyof PersonaDraft)[]).map((name) => [
    name,
    { type: 'contract', message: PERSONA_MESSAGES[name] },
  ]);
  return { values: {}, errors: Object.fromEntries(messages) };
};

export function usePersonaForm(persona: Persona) {
  return useForm<PersonaDraft, unknown, UpdateAvatar>({ defaultValues: personaDraft(persona), resolver });
}
