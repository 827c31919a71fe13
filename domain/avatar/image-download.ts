/** The formats in which an image can be downloaded. It is stored as WebP. */
export const DOWNLOAD_FORMATS = ['webp', 'png', 'jpeg', 'avif'] as const;
export type DownloadFormat = (typeof DOWNLOAD_FORMATS)[number];

interface DownloadFormatFacts {
  readonly name: string;
  readonly mimeType: `image/${DownloadFormat}`;
  readonly extension: string;
  /** Where it isn't, a background color takes the place of transparency. */
  readonly isTransparent: boolean;
}

export const DOWNLOAD_FORMAT_FACTS: Readonly<Record<DownloadFormat, DownloadFormatFacts>> = {
  webp: { name: 'WebP', mimeType: 'image/webp', extension: 'webp', isTransparent: true },
  png: { name: 'PNG', mimeType: 'image/png', extension: 'png', isTransparent: true },
  jpeg: { name: 'JPEG', mimeType: 'image/jpeg', extension: 'jpg', isTransparent: false },
  avif: { name: 'AVIF', mimeType: 'image/avif', extension: 'avif', isTransparent: true },
};

export const DOWNLOAD_SIZES = [
  'original',
  '128',
  '256',
  '512',
  'discord',
  'github',
  'instagram',
  'linkedin',
  'slack',
  'steam',
  'twitch',
  'whatsapp',
  'x',
  'youtube',
] as const;
export type DownloadSize = (typeof DOWNLOAD_SIZES)[number];

export interface DownloadSizeFacts {
  readonly name: string;
  /** Of the longer side; null: as it is stored. */
  readonly sidePx: number | null;
  /**
   * A platform's profile image: a square of exactly this size, enlarged if need be, because platforms refuse smaller ones. Other
   * sizes keep the image's shape and never enlarge it.
   */
  readonly isPlatform: boolean;
}

const ofShape = (name: string, sidePx: number | null): DownloadSizeFacts => ({ name, sidePx, isPlatform: false });
const ofPlatform = (name: string, sidePx: number): DownloadSizeFacts => ({ name, sidePx, isPlatform: true });

/** The platforms' sizes are those that their help pages ask for, or where they request none, the largest they show. */
export const DOWNLOAD_SIZE_FACTS: Readonly<Record<DownloadSize, DownloadSizeFacts>> = {
  original: ofShape('Original', null),
  128: ofShape('128 px', 128),
  256: ofShape('256 px', 256),
  512: ofShape('512 px', 512),
  discord: ofPlatform('Discord', 512),
  github: ofPlatform('GitHub', 500),
  instagram: ofPlatform('Instagram', 320),
  linkedin: ofPlatform('LinkedIn', 400),
  slack: ofPlatform('Slack', 512),
  steam: ofPlatform('Steam', 184),
  twitch: ofPlatform('Twitch', 256),
  whatsapp: ofPlatform('WhatsApp', 640),
  x: ofPlatform('X', 400),
  youtube: ofPlatform('YouTube', 800),
};

export const DOWNLOAD_SHAPES = ['full', 'circle'] as const;
type DownloadShape = (typeof DOWNLOAD_SHAPES)[number];

/** `#rrggbb`, for a format without transparency. */
export const DEFAULT_BACKGROUND = '#ffffff';

/** How an image is downloaded. */
export interface ImageDownload {
  readonly format: DownloadFormat;
  readonly size: DownloadSize;
  readonly shape: DownloadShape;
  readonly background: string;
}

/** Whether the download is the stored file itself. */
export function isStoredFile({ format, size, shape }: ImageDownload): boolean {
  return format === 'webp' && size === 'original' && shape === 'full';
}

/** The end of the file's name, so that several downloads of one avatar have different names: `-discord-circle.png`. */
export function downloadSuffix({ format, size, shape }: Omit<ImageDownload, 'background'>): string {
  const parts = [...(size === 'original' ? [] : [size]), ...(shape === 'full' ? [] : [shape])];
  return `${parts.map((part) => `-${part}`).join('')}.${DOWNLOAD_FORMAT_FACTS[format].extension}`;
}
