import {
  DEFAULT_BACKGROUND,
  DOWNLOAD_FORMAT_FACTS,
  DOWNLOAD_SIZE_FACTS,
  DOWNLOAD_SIZES,
  type DownloadFormat,
  type DownloadSize,
  type ImageDownload,
} from '#domain/avatar/image-download.ts';

export interface DownloadChoice {
  readonly id: string;
  readonly label: string;
  readonly download: ImageDownload;
}

const PLATFORMS = DOWNLOAD_SIZES.filter((size) => DOWNLOAD_SIZE_FACTS[size].isPlatform);

/** The image as it is, smaller, and cut to a circle. */
export const IMAGE_CHOICES: readonly DownloadChoice[] = [
  choice('webp', 'original'),
  choice('png', 'original'),
  choice('jpeg', 'original'),
  choice('avif', 'original'),
  choice('png', '512'),
  choice('png', '256'),
  choice('png', '512', 'circle'),
  choice('png', '256', 'circle'),
];

/** Squares of the size that a platform asks for. */
export const PLATFORM_CHOICES: readonly DownloadChoice[] = PLATFORMS.map((size) => choice('png', size));

const CHOICES = [...IMAGE_CHOICES, ...PLATFORM_CHOICES];

/** @param id unknown ids count as the image as it is stored */
export function downloadChoiceOf(id: string | null): DownloadChoice {
  return CHOICES.find((known) => known.id === id) ?? choice('webp', 'original');
}

function choice(format: DownloadFormat, size: DownloadSize, shape: ImageDownload['shape'] = 'full'): DownloadChoice {
  const { name, sidePx, isPlatform } = DOWNLOAD_SIZE_FACTS[size];
  const label = isPlatform
    ? `${name}, ${sidePx} px`
    : `${shape === 'circle' ? 'Circle ' : ''}${name}, ${DOWNLOAD_FORMAT_FACTS[format].name}`;
  return { id: `${format} ${size} ${shape}`, label, download: { format, size, shape, background: DEFAULT_BACKGROUND } };
}
