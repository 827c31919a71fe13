import type { Avatar } from '../../../contract/avatar.ts';
import type { SourceType } from '../../../domain/generation.ts';
import { STYLE_RULES } from '../../../domain/style.ts';

const SOURCE_WORDS: Readonly<Record<SourceType, string>> = {
  text_to_image: 'text',
  from_preset: 'preset',
  from_reference: 'reference',
  upload: 'upload',
};

export function sourceWord(source: SourceType): string {
  return SOURCE_WORDS[source];
}

export function styleWord({ attributes }: Pick<Avatar, 'attributes'>): string | undefined {
  return attributes.style && STYLE_RULES[attributes.style].label;
}
