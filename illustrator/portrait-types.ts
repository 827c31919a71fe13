import type { ReferenceColors } from './reference-colors.ts';
import type { AttributeName } from '#domain/persona/attributes.ts';
import type { Style } from '#domain/prompt/style.ts';

/** What to draw. Unknown words, in attributes as in the prompt, are ignored. */
export interface PortraitRequest {
  readonly style: Style;
  readonly attributes: { readonly [Name in AttributeName]?: string | undefined };
  readonly prompt: string;
  /** uint32; the same request gives the same bytes. */
  readonly seed: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Those of a reference image, for what the words give no color. */
  readonly colors?: ReferenceColors;
  /** Another person's seed: each trait stays as that seed has it, with the probability 1 - strength. */
  readonly variationOf?: { readonly seed: number; readonly strength: number };
}

export interface Portrait {
  readonly bytes: Buffer;
  readonly mimeType: 'image/png';
  readonly widthPx: number;
  readonly heightPx: number;
  /** Credit line owed to the artists of borrowed artwork; null because everything here is drawn by us. */
  readonly credit: string | null;
  /** What the prompt says and the portrait does not show, in the prompt's words. */
  readonly notDrawn: readonly string[];
}
