import { distance, hex, type Color, type Rgb } from './drawing/color.ts';

/** The box of a face, in patches, both ends included. */
export interface Face {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Its skin, between light and shadow. */
  readonly tone: Color;
}

/** Skin of every complexion has nearly the same chroma (Chai and Ngan 1999); only its luma differs. */
const CB = { min: 77, max: 127 } as const;
const CR = { min: 133, max: 173 } as const;
const LUMA_MIN = 40;
/** Of all patches: less is a hand or a detail, more is a wall or sand. */
const SHARE = { min: 0.015, max: 0.5 } as const;
/** A face is longer than wide; below it comes the neck. */
const HEIGHT_PER_WIDTH = 1.35;

/** Where a portrait has its face, in shares of the picture. */
const MIDDLE = { left: 0.36, right: 0.64, top: 0.26, bottom: 0.58 } as const;
/** How far the light and the dark side of a face are from its tone. */
const SHADED = 0.17;

export function isSkin([r, g, b]: Rgb): boolean {
  const cb = 128 - 0.168736 * r - 0.331264 * g + 0.5 * b;
  const cr = 128 + 0.5 * r - 0.418688 * g - 0.081312 * b;
  return lumaOf([r, g, b]) >= LUMA_MIN && cb >= CB.min && cb <= CB.max && cr >= CR.min && cr <= CR.max;
}

const lumaOf = ([r, g, b]: Rgb): number => 0.299 * r + 0.587 * g + 0.114 * b;

/**
 * Finds the face of a portrait: what is connected in its middle and has the skin color that is frequent there. Good enough to know where
 * colors come from, not to recognize anyone.
 * @param patches rows of a square picture, from its top left
 * @param side patches in a row
 * @returns undefined when there is no such area
 */
export function findFace(patches: readonly Rgb[], side: number): Face | undefined {
  const middle = patches.flatMap((rgb, at) => (isInMiddle(at, side) && isSkin(rgb) ? [at] : []));
  const tone = medianOf(middle.map((at) => patches[at]!));
  if (tone === undefined) return undefined;
  const skin = patches.map((rgb) => isSkin(rgb) && distance(hex(rgb), tone) < SHADED);
  const seen = new Set<number>();
  const area = middle.flatMap((at) => (skin[at] && !seen.has(at) ? connected(at, skin, side, seen) : []));
  const share = area.length / patches.length;
  return share < SHARE.min || share > SHARE.max ? undefined : { ...boxOf(area, side), tone };
}

function isInMiddle(at: number, side: number): boolean {
  const [x, y] = [(at % side) / side, Math.floor(at / side) / side];
  return x >= MIDDLE.left && x <= MIDDLE.right && y >= MIDDLE.top && y <= MIDDLE.bottom;
}

/** The color whose luma is in the middle. */
function medianOf(colors: readonly Rgb[]): Color | undefined {
  const sorted = colors.toSorted((a, b) => lumaOf(a) - lumaOf(b));
  const middle = sorted[Math.floor(sorted.length / 2)];
  return middle && hex(middle);
}

function connected(start: number, skin: readonly boolean[], side: number, seen: Set<number>): number[] {
  const area: number[] = [];
  const open = [start];
  seen.add(start);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    area.push(at);
    const x = at % side;
    const neighbors = [at - side, at + side, ...(x > 0 ? [at - 1] : []), ...(x < side - 1 ? [at + 1] : [])];
    for (const next of neighbors) {
      if (!skin[next] || seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return area;
}

/** The area may reach down to bare shoulders: its upper rows are as wide as the face. */
function boxOf(area: readonly number[], side: number): Omit<Face, 'tone'> {
  const rows = Map.groupBy(area, (at) => Math.floor(at / side));
  const top = Math.min(...rows.keys());
  const widths = [...rows.values()].map((row) => row.length).toSorted((a, b) => a - b);
  const width = widths[Math.floor(widths.length / 2)] ?? 1;
  const bottom = Math.min(Math.max(...rows.keys()), top + Math.round(HEIGHT_PER_WIDTH * width));
  const columns = area.filter((at) => Math.floor(at / side) <= bottom).map((at) => at % side);
  return { left: Math.min(...columns), right: Math.max(...columns), top, bottom };
}
