import type { Avatar } from '#contract/avatar.ts';
import type { DigitalSourceType } from '#domain/avatar/provenance.ts';
import type { SourceType } from '#domain/generation/generation.ts';
import type { Mode } from '#domain/generation/mode.ts';
import { STYLE_RULES } from '#domain/prompt/style.ts';
import { formatMoment } from '#web/format/moment.ts';

const SOURCE_LABELS: Readonly<Record<SourceType, string>> = {
  text_to_image: 'text',
  from_preset: 'preset',
  from_reference: 'reference',
  upload: 'upload',
};

export function sourceLabel(source: SourceType): string {
  return SOURCE_LABELS[source];
}

export function styleLabel({ attributes }: Pick<Avatar, 'attributes'>): string | undefined {
  return attributes.style && STYLE_RULES[attributes.style].label;
}

/** The secondary text under a name: "Anime · text". */
export function galleryNote(avatar: Pick<Avatar, 'attributes' | 'sourceType'>): string {
  return [styleLabel(avatar), sourceLabel(avatar.sourceType)].filter(Boolean).join(' · ');
}

const ORIGIN_LABELS: Readonly<Record<DigitalSourceType, string>> = {
  'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia': 'AI-generated',
  'http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia': 'AI-generated from an image',
  'http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia': 'Computer-generated, without an AI model',
};

export function originLabel(source: DigitalSourceType): string {
  return ORIGIN_LABELS[source];
}

/** How the image was made: "AI-generated · FLUX.1 [schnell] · 18 Nov". Undefined for an upload. */
export function provenanceLabel({ provenance, generation }: Pick<Avatar, 'provenance' | 'generation'>) {
  if (!provenance) return undefined;
  const { digitalSourceType, createdAt } = provenance;
  return [originLabel(digitalSourceType), generation.model, formatMoment(createdAt)].filter(Boolean).join(' · ');
}

const MODE_LABELS: Readonly<Record<Mode, string>> = {
  text: 'text prompt',
  reference: 'reference image',
  variation: 'variation of an image',
  style: 'restyled image',
};

export function modeLabel(mode: Mode): string {
  return MODE_LABELS[mode];
}
