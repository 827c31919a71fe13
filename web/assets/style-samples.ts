import type { Style } from '#domain/prompt/style.ts';

/** One image a style, drawn by our own illustrator (see styles/README.md). */
const files = import.meta.glob<string>('./styles/*.webp', { eager: true, query: '?url', import: 'default' });

export function styleSample(style: Style): string | undefined {
  return files[`./styles/${style}.webp`];
}
