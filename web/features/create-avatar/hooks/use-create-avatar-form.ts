import { zodResolver } from '@hookform/resolvers/zod';
import { type FieldErrors, type Resolver, useForm } from 'react-hook-form';
import { type CreateGeneration, createGeneration } from '#contract/generation.ts';
import { PERSONA_MESSAGES, type PersonaDraft } from '#web/features/avatars/persona-draft.ts';
import { type Draft, ownPrompt, promptFieldOf } from '../draft.ts';
import { toRequest } from '../request.ts';

const check = zodResolver(createGeneration);

/** Validates the request with the contract's schema and maps its errors to form fields with readable messages. */
const resolver: Resolver<Draft, unknown, CreateGeneration> = async (draft, context, options) => {
  const result = await check(toRequest(draft), context, { ...options, fields: {} });
  if (Object.keys(result.errors).length === 0)
    return result as { values: CreateGeneration; errors: Record<string, never> };
  return { values: {}, errors: toFieldErrors(result.errors as FieldErrors<Draft>, draft) };
};

function toFieldErrors(found: FieldErrors<Draft>, draft: Draft): FieldErrors<Draft> {
  const promptField = promptFieldOf(draft);
  const messages = {
    [promptField]: ownPrompt(draft) ? `The prompt ${found.prompt?.message}.` : 'Describe the face first.',
    presetId: 'Pick a preset first.',
    reference: 'Pick an image first.',
    style: 'Pick a style first.',
    name: `The name ${found.name?.message}.`,
    attributes: 'An attribute is too long.',
  };
  const wrong = Object.entries(messages).filter(([field]) => (field === promptField ? 'prompt' : field) in found);
  if (found.persona) return { ...asErrors(wrong), persona: asErrors(personaMessages(found.persona)) };
  return asErrors(wrong.length > 0 ? wrong : [['root', 'This request is not valid. Check the fields and try again.']]);
}

function personaMessages(found: object): [string, string][] {
  return (Object.keys(found) as (keyof PersonaDraft)[]).map((name) => [name, PERSONA_MESSAGES[name]]);
}

function asErrors(messages: (readonly [string, string])[]): Record<string, { type: string; message: string }> {
  return Object.fromEntries(messages.map(([field, message]) => [field, { type: 'contract', message }]));
}

export function useCreateAvatarForm(initial: Draft) {
  return useForm<Draft, unknown, CreateGeneration>({ defaultValues: initial, resolver });
}
export type CreateAvatarForm = ReturnType<typeof useCreateAvatarForm>;
