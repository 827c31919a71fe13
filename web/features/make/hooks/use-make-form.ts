import { zodResolver } from '@hookform/resolvers/zod';
import { type FieldErrors, type Resolver, useForm } from 'react-hook-form';
import { type CreateGeneration, createGeneration } from '../../../../contract/generation.ts';
import { type Draft, ownWords, toRequest } from '../draft.ts';

const check = zodResolver(createGeneration);

/** The contract's own schema judges what would be sent; its findings go to the fields they came from, in words for people. */
const resolver: Resolver<Draft, unknown, CreateGeneration> = async (draft, context, options) => {
  const judged = await check(toRequest(draft), context, { ...options, fields: {} });
  if (Object.keys(judged.errors).length === 0)
    return judged as { values: CreateGeneration; errors: Record<string, never> };
  return { values: {}, errors: inWords(judged.errors as FieldErrors<Draft>, draft) };
};

function inWords(found: FieldErrors<Draft>, draft: Draft): FieldErrors<Draft> {
  const messages = {
    [promptFieldOf(draft)]: ownWords(draft) ? `The prompt ${found.prompt?.message}.` : 'Describe the face first.',
    presetId: 'Pick a preset first.',
    name: `The name ${found.name?.message}.`,
    attributes: 'An attribute is too long.',
  };
  const wrong = Object.entries(messages).filter(([field]) => (field === 'presetPrompt' ? 'prompt' : field) in found);
  const told = wrong.length > 0 ? wrong : [['root', 'This can not be made as it is.'] as const];
  return Object.fromEntries(told.map(([field, message]) => [field, { type: 'contract', message }]));
}

/** The field the words of this draft are written in. */
export function promptFieldOf({ start }: Pick<Draft, 'start'>): 'prompt' | 'presetPrompt' {
  return start === 'preset' ? 'presetPrompt' : 'prompt';
}

export function useMakeForm(initial: Draft) {
  return useForm<Draft, unknown, CreateGeneration>({ defaultValues: initial, resolver });
}
export type MakeForm = ReturnType<typeof useMakeForm>;
