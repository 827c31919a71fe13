import sharp, { type OverlayOptions } from 'sharp';
import { loadFonts } from './fonts.ts';
import { isRightToLeft, textBlock, type TextStyle } from './text-block.ts';

/** What links are shown with nearly everywhere, pixels. */
const CARD = { width: 1200, height: 630 } as const;
const MARGIN = 56;
const TEXT_LEFT = CARD.height + MARGIN;
const TEXT_WIDTH = CARD.width - TEXT_LEFT - MARGIN;
/** The web's paper and ink, light. */
const PAPER = '#faf8f5';
const SUNKEN = '#f1eeea';
const JPEG_QUALITY = 88;

interface QueueView extends TextStyle {
  /** Pixels above it. */
  readonly gap: number;
  /** Pixels. */
  readonly most: number;
}
const NAME: QueueView = { size: 46, color: '#201a15', bold: true, gap: 0, most: 116 };
const FACTS: QueueView = { size: 22, color: '#514a43', spacing: 8, gap: 20, most: 176 };
const STORY: QueueView = { size: 22, color: '#201a15', spacing: 8, gap: 28, most: 240 };
const FOOT: QueueView = { size: 16, color: '#6c645d', gap: 0, most: 44 };

export interface CardText {
  readonly name: string;
  /** In short lines. */
  readonly facts: readonly string[];
  readonly story: string | undefined;
  readonly foot: string;
}

/**
 * A persona sheet as a JPEG of {@link CARD}'s size.
 * @param image undefined where there is none to show; one that can't be decoded counts as none
 */
export async function drawCard(text: CardText, image: Buffer | undefined): Promise<Buffer> {
  await loadFonts();
  const foot = await textBlock(text.foot, FOOT, { width: TEXT_WIDTH, height: FOOT.most });
  const footTop = CARD.height - MARGIN - (foot?.height ?? 0);
  const layers: OverlayOptions[] = [{ input: await square(image), left: 0, top: 0 }];
  const lines: [string, QueueView][] = [
    [text.name, NAME],
    [text.facts.join('\n'), FACTS],
    [text.story ?? '', STORY],
  ];
  let top = MARGIN;
  for (const [words, line] of lines) {
    const height = Math.min(line.most, footTop - MARGIN / 2 - top - line.gap);
    if (height < line.size) continue;
    const block = await textBlock(words, line, { width: TEXT_WIDTH, height });
    if (!block) continue;
    layers.push({ input: block.png, left: leftOf(words, block.width), top: top + line.gap });
    top += line.gap + block.height;
  }
  if (foot) layers.push({ input: foot.png, left: leftOf(text.foot, foot.width), top: footTop });
  return sharp({ create: { ...CARD, channels: 3, background: PAPER } })
    .composite(layers)
    .jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:4:4', mozjpeg: true })
    .toBuffer();
}

/** Where its script begins. */
function leftOf(words: string, width: number): number {
  return isRightToLeft(words) ? TEXT_LEFT + TEXT_WIDTH - width : TEXT_LEFT;
}

/** As high as the card; the top of tall images stays, since faces are there. */
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
