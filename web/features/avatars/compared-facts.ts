import type { Avatar } from '#contract/avatar.ts';
import { ATTRIBUTE_CHOICES } from '#web/components/attributes/attribute-choices.ts';
import { formatCount } from '#web/format/count.ts';
import { sourceLabel, styleLabel } from './avatar-labels.ts';

export interface ComparedFact {
  readonly term: string;
  /** One an avatar, in their order. */
  readonly values: readonly (string | undefined)[];
  readonly differs: boolean;
}

const FACTS: readonly { readonly term: string; readonly of: (avatar: Avatar) => string | null | undefined }[] = [
  { term: 'Prompt', of: ({ generation }) => generation.prompt },
  { term: 'Model', of: ({ generation }) => generation.model },
  { term: 'Seed', of: ({ generation: { seed } }) => seed?.toString() },
  { term: 'Style', of: styleLabel },
  { term: 'From', of: ({ sourceType }) => sourceLabel(sourceType) },
  ...ATTRIBUTE_CHOICES.map(({ name, label }) => ({ term: label, of: ({ attributes }: Avatar) => attributes[name] })),
  { term: 'Quality', of: ({ generation: { recipe } }) => recipe?.quality },
  { term: 'Size', of: ({ width, height }) => `${formatCount(width)} × ${formatCount(height)} px` },
  { term: 'Rating', of: ({ rating }) => rating?.toString() },
];

/** What is known of any of the avatars, and whether it is the same for all. */
export function comparedFacts(avatars: readonly Avatar[]): readonly ComparedFact[] {
  return FACTS.map(({ term, of }) => {
    const values = avatars.map((avatar) => of(avatar) ?? undefined);
    return { term, values, differs: new Set(values).size > 1 };
  }).filter(({ values }) => values.some((value) => value !== undefined));
}
