import type { Avatar } from '#contract/avatar.ts';
import type { SourceType } from '#domain/generation/generation.ts';
import type { Mode } from '#domain/generation/mode.ts';
import { STYLE_RULES } from '#domain/prompt/style.ts';

const SOURCE_LABELS: Readonly<Record<SourceType, string>> = {
  text_to_image: 'text',
  from_preset: 'preset',
  from_reference: 'reference',
  upload: 'upload',
};

export function sourceWord(source: SourceType): string {
  return SOURCE_LABELS[source];
}

export function styleWord({ attributes }: Pick<Avatar, 'attributes'>): string | undefined {
  return attributes.style && STYLE_RULES[attributes.style].label;
}

/** The quiet line under a name: "Anime · text". */
export function galleryNote(avatar: Pick<Avatar, 'attributes' | 'sourceType'>): string {
  return [styleWord(avatar), sourceWord(avatar.sourceType)].filter(Boolean).join(' · ');
}

const MODE_LABELS: Readonly<Record<Mode, string>> = {
  text: 'words alone',
  reference: 'an image to follow',
  variation: 'an image to vary',
  style: 'an image in another style',
};

export function modeWord(mode: Mode): string {
  return MODE_LABELS[mode];
}
