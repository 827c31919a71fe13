import type { PromptPreview } from '#contract/prompt.ts';
import { PRINT_SIDE_PX } from '#domain/generation/finish.ts';
import type { Quality } from '#domain/provider/provider.ts';

const NOTES: Readonly<Record<Quality, string>> = {
  draft: 'A fast, simple model',
  standard: 'A better model, asked for a careful finish',
  high: `The best model, enlarged to ${PRINT_SIDE_PX} pixels for print`,
};
/** The illustrator is one model and does not read the words for the finish. */
const ILLUSTRATOR_NOTES: Readonly<Record<Quality, string>> = {
  draft: 'Draws the same as Standard',
  standard: 'Draws the same as Draft',
  high: `The same drawing, enlarged to ${PRINT_SIDE_PX} pixels for print`,
};

/** What the quality changes. @param first the first candidate of the plan; undefined while it is not known */
export function qualityNote(quality: Quality, first: PromptPreview['plan'][number] | undefined): string {
  return (first?.provider === 'illustrator' ? ILLUSTRATOR_NOTES : NOTES)[quality];
}
