import sharp, { type OverlayOptions } from 'sharp';
import { xmpOf } from '#activities/image/xmp.ts';
import type { Provenance } from '#domain/avatar/provenance.ts';
import { drawableText } from './drawable-text.ts';
import { isRightToLeft, textBlock, type TextStyle } from './text-block.ts';

/** The usual size of link previews, pixels. */
const CARD = { width: 1200, height: 630 } as const;
const MARGIN = 56;
const TEXT_LEFT = CARD.height + MARGIN;
const TEXT_WIDTH = CARD.width - TEXT_LEFT - MARGIN;
/** The web's light color scheme. */
const PAPER = '#faf8f5';
const SUNKEN = '#f1eeea';
const JPEG_QUALITY = 88;

interface BlockLayout extends TextStyle {
  /** Space above the block, pixels. */
  readonly gap: number;
  /** Pixels. */
  readonly maxHeight: number;
}
const NAME: BlockLayout = { size: 46, color: '#201a15', bold: true, gap: 0, maxHeight: 116 };
const FACTS: BlockLayout = { size: 22, color: '#514a43', spacing: 8, gap: 20, maxHeight: 176 };
const STORY: BlockLayout = { size: 22, color: '#201a15', spacing: 8, gap: 28, maxHeight: 240 };
const FOOTER: BlockLayout = { size: 16, color: '#6c645d', gap: 0, maxHeight: 66 };

const INCOMPLETE = 'Some characters have no typeface here and are left out.';

export interface CardText {
  readonly name: string;
  /** Short lines, one fact each. */
  readonly facts: readonly string[];
  readonly story: string | undefined;
  readonly footer: string;
}

/**
 * Draws a persona sheet as a JPEG of {@link CARD}'s size.
 * @param image undefined when there is none to show; an image that can't be decoded is treated as missing
 * @param provenance of the image: a card that shows it states it; null for an upload
 */
export async function drawCard(
  text: CardText,
  image: Buffer | undefined,
  provenance: Provenance | null = null,
): Promise<Buffer> {
  const { name, facts, story, footer: footerText } = await drawableCard(text);
  const footer = await textBlock(footerText, FOOTER, { width: TEXT_WIDTH, height: FOOTER.maxHeight });
  const footerTop = CARD.height - MARGIN - (footer?.height ?? 0);
  const layers: OverlayOptions[] = [{ input: await square(image), left: 0, top: 0 }];
  const blocks: [string, BlockLayout][] = [
    [name, NAME],
    [facts, FACTS],
    [story, STORY],
  ];
  let top = MARGIN;
  for (const [content, layout] of blocks) {
    const height = Math.min(layout.maxHeight, footerTop - MARGIN / 2 - top - layout.gap);
    if (height < layout.size) continue;
    const block = await textBlock(content, layout, { width: TEXT_WIDTH, height });
    if (!block) continue;
    layers.push({ input: block.png, left: leftOf(content, block.width), top: top + layout.gap });
    top += layout.gap + block.height;
  }
  if (footer) layers.push({ input: footer.png, left: leftOf(footerText, footer.width), top: footerTop });
  const card = sharp({ create: { ...CARD, channels: 3, background: PAPER } })
    .composite(layers)
    .jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:4:4', mozjpeg: true });
  return (image && provenance ? card.withXmp(xmpOf(provenance)) : card).toBuffer();
}

/** The texts as they can be drawn. The footer says so when characters are left out. */
async function drawableCard(text: CardText) {
  const [name, facts, story, footer] = await Promise.all(
    [text.name, text.facts.join('\n'), text.story ?? '', text.footer].map(drawableText),
  );
  const isComplete = [name, facts, story, footer].every((part) => part?.isComplete);
  const lines = [...(isComplete ? [] : [INCOMPLETE]), footer!.text];
  return { name: name!.text, facts: facts!.text, story: story!.text, footer: lines.join('\n') };
}

/** Right-to-left text is aligned to the right edge. */
function leftOf(content: string, width: number): number {
  return isRightToLeft(content) ? TEXT_LEFT + TEXT_WIDTH - width : TEXT_LEFT;
}

/** Crops the image to a square of the card's height; tall images are cropped at the bottom, since faces are at the top. */
async function square(image: Buffer | undefined): Promise<Buffer> {
  const size = { width: CARD.height, height: CARD.height };
  const blank = () =>
    sharp({ create: { ...size, channels: 3, background: SUNKEN } })
      .png()
      .toBuffer();
  if (!image) return blank();
  return sharp(image)
    .resize({ ...size, position: 'top' })
    .png()
    .toBuffer()
    .catch(blank);
}
