import { n } from './geometry.ts';
import type { Color } from './color.ts';

/** Gradient stop: offset 0..1, color, opacity 0..1. */
export type Stop = readonly [number, Color, number?];

export interface Ellipse {
  readonly x: number;
  readonly y: number;
  readonly rx: number;
  readonly ry: number;
  readonly rotate?: number;
}

const stops = (list: readonly Stop[]): string =>
  list
    .map(
      ([offset, color, opacity]) =>
        `<stop offset="${n(offset * 100)}%" stop-color="${color}"${opacity === undefined ? '' : ` stop-opacity="${opacity.toFixed(3)}"`}/>`,
    )
    .join('');

/**
 * Collects gradients, clips and filters of one drawing and hands out references to them.
 * Only numbers and our own colors ever enter a drawing: no text of a user reaches it.
 */
export function createDefinitions(prefix: string) {
  const parts: string[] = [];
  const known = new Map<string, string>();
  const add = (body: (id: string) => string): string => {
    const key = body('');
    const found = known.get(key);
    if (found !== undefined) return found;
    const id = `${prefix}${parts.length}`;
    parts.push(body(id));
    known.set(key, `url(#${id})`);
    return `url(#${id})`;
  };
  return {
    /** Linear gradient over the bounding box, from (x1, y1) to (x2, y2) in 0..1. */
    linear: (list: readonly Stop[], x1 = 0, y1 = 0, x2 = 0, y2 = 1): string =>
      add(
        (id) =>
          `<linearGradient id="${id}" x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}">${stops(list)}</linearGradient>`,
      ),
    /** Radial gradient over the bounding box. */
    radial: (list: readonly Stop[], cx = 0.5, cy = 0.5, r = 0.5): string =>
      add(
        (id) =>
          `<radialGradient id="${id}" cx="${cx.toFixed(2)}" cy="${cy.toFixed(2)}" r="${r.toFixed(2)}">${stops(list)}</radialGradient>`,
      ),
    clip: (path: string): string => add((id) => `<clipPath id="${id}"><path d="${path}"/></clipPath>`),
    text: (): string => (parts.length === 0 ? '' : `<defs>${parts.join('')}</defs>`),
  };
}
export type Definitions = ReturnType<typeof createDefinitions>;

/*
 * A shape is made see-through by the opacity of its paint: `opacity` looks the same on a shape that is only filled or
 * only stroked, and has the renderer lay the whole picture aside and blend it back, a millisecond a shape.
 */
export const fill = (path: string, paint: string, opacity = 1): string =>
  `<path d="${path}" fill="${paint}"${opacity === 1 ? '' : ` fill-opacity="${opacity.toFixed(3)}"`}/>`;

export const line = (path: string, paint: string, width: number, opacity = 1): string =>
  `<path d="${path}" fill="none" stroke="${paint}" stroke-width="${n(width)}" stroke-linecap="round" stroke-linejoin="round"${
    opacity === 1 ? '' : ` stroke-opacity="${opacity.toFixed(3)}"`
  }/>`;

export const ellipse = (shape: Ellipse, paint: string, opacity = 1): string =>
  `<ellipse cx="${n(shape.x)}" cy="${n(shape.y)}" rx="${n(shape.rx)}" ry="${n(shape.ry)}" fill="${paint}"${
    shape.rotate ? ` transform="rotate(${n(shape.rotate)} ${n(shape.x)} ${n(shape.y)})"` : ''
  }${opacity === 1 ? '' : ` fill-opacity="${opacity.toFixed(3)}"`}/>`;

/** A soft spot of color that fades to nothing: cheaper than a blur, and the same at every size. */
export const glow = (defs: Definitions, shape: Ellipse, color: Color, opacity: number): string =>
  ellipse(
    shape,
    defs.radial([
      [0, color, opacity],
      [0.45, color, opacity * 0.62],
      [0.75, color, opacity * 0.2],
      [1, color, 0],
    ]),
  );

export const group = (content: string, attributes: string): string =>
  content === '' ? '' : `<g ${attributes}>${content}</g>`;
export const clipped = (content: string, clip: string): string => group(content, `clip-path="${clip}"`);
export const repeat = (count: number, draw: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => draw(index)).join('');
