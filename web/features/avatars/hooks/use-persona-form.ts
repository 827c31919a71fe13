import { zodResolver } from '@hookform/resolvers/zod';
import { type FieldErrors, type Resolver, useForm } from 'react-hook-form';
import { type Persona, type UpdateAvatar, updateAvatar } from '#contract/avatar.ts';
import { PERSONA_MESSAGES, type PersonaDraft, personaDraft, personaOf } from '../persona-draft.ts';

const check = zodResolver(updateAvatar);
const CLEARED = { name: null, age: null, personality: null, background: null };

/** The contract's schema judges what would be sent; its findings go to the fields they came from. */
const resolver: Resolver<PersonaDraft, unknown, UpdateAvatar> = async (draft, context, options) => {
  const changes = { persona: { ...CLEARED, ...personaOf(draft) } }; // an emptied field clears
  const judged = await check(changes, context, { ...options, fields: {} });
  const found = Object.keys((judged.errors as FieldErrors<{ persona: PersonaDraft }>).persona ?? {});
  if (found.length === 0) return judged as { values: UpdateAvatar; errors: Record<string, never> };
  const messages = (found as (keyof PersonaDraft)[]).map((name) => [
    name,
    { type: 'contract', message: PERSONA_MESSAGES[name] },
  ]);
  return { values: {}, errors: Object.fromEntries(messages) };
};

export function usePersonaForm(persona: Persona) {
  return useForm<PersonaDraft, unknown, UpdateAvatar>({ defaultValues: personaDraft(persona), resolver });
}
