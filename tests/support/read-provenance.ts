import { load } from 'exifreader';
import sharp from 'sharp';

export interface ReadProvenance {
  readonly digitalSourceType: string;
  readonly creatorTool: string;
  readonly createdAt: string;
}

/** What a file states about its origin, read by another library than the one that writes it. Undefined without any statement. */
export function readProvenance(file: Buffer): ReadProvenance | undefined {
  const { xmp } = load(file, { expanded: true });
  if (!xmp) return undefined;
  const text = (name: string) => String(xmp[name]?.value);
  return {
    digitalSourceType: text('DigitalSourceType'),
    creatorTool: text('CreatorTool'),
    createdAt: text('CreateDate'),
  };
}

/** The names of everything in a file's metadata, whatever the format. */
export async function metadataOf(file: Buffer): Promise<{ readonly blocks: string[]; readonly xmp: string }> {
  const metadata = await sharp(file).metadata();
  const blocks = (['exif', 'icc', 'iptc', 'xmp', 'comments'] as const).filter((block) => metadata[block] !== undefined);
  return { blocks, xmp: metadata.xmpAsString ?? '' };
}
