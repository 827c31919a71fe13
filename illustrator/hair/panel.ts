import { lighten, mix, type Color } from '../drawing/color.ts';
import { innerCurve, openPath, panelPath, pointAt, taperedPath, type Curve } from '../drawing/geometry.ts';
import { inkFor, type Sitting } from '../drawing/sitting.ts';
import { clipped, fill, line } from '../drawing/svg.ts';
import type { RandomStream } from '../person/seeded-random.ts';

/** A sheet of hair between two edges that run from root to tip. */
export interface Panel {
  readonly left: Curve;
  readonly right: Curve;
  readonly layer: 'back' | 'front';
  /** How many clumps of strands it shows. */
  readonly clumps: number;
  /** Below 0 lies in shade, above 0 catches light; -1..1. */
  readonly tone?: number;
  /** Without sheen: hair in shade, or cropped. */
  readonly matt?: boolean;
  /** Casts its shadow on the face. */
  readonly casts?: boolean;
}

export const panelOutline = (panel: Panel): string => panelPath(panel.left, panel.right);

export function drawPanel(sitting: Sitting, panel: Panel, random: RandomStream): string {
  const tone = panel.tone ?? 0;
  const { palette } = sitting;
  const base =
    tone < 0 ? mix(palette.hair, palette.hairShade, Math.min(1, -tone * 1.4)) : lighten(palette.hair, tone * 0.12);
  const outline = panelOutline(panel);
  const clip = sitting.defs.clip(outline);
  if (sitting.manner.moulded) return mouldedPanel(sitting, panel, random, base, outline, clip);
  if (sitting.manner.shading === 'soft') return softPanel(sitting, panel, random, base, outline, clip);
  if (sitting.manner.shading === 'flat') return flatPanel(sitting, panel, base, outline, clip);
  return celPanel(sitting, panel, base, outline, clip);
}

function softPanel(
  sitting: Sitting,
  panel: Panel,
  random: RandomStream,
  base: Color,
  outline: string,
  clip: string,
): string {
  const { palette, defs, manner } = sitting;
  const body = defs.linear(
    [
      [0, mix(base, palette.hairLight, 0.12)],
      [0.45, base],
      [1, mix(base, palette.hairDeep, 0.55)],
    ],
    0.2,
    0,
    0.6,
    1,
  );
  const breadth = clumpBreadth(panel);
  let strands = '';
  for (let i = 0; i < panel.clumps; i += 1) {
    const across = (i + random.between(0.1, 0.9)) / panel.clumps;
    const curve = innerCurve(panel.left, panel.right, across, random.between(0, 0.08), random.between(0.86, 1));
    const light = random.chance(0.45);
    strands += fill(
      taperedPath(curve, breadth * random.between(0.6, 1.3), 0.6),
      light ? palette.hairLight : palette.hairDeep,
      (light ? 0.16 : 0.22) * (0.5 + manner.strands / 2),
    );
  }
  const fine = Math.round(panel.clumps * 2.4 * manner.strands);
  for (let i = 0; i < fine; i += 1) {
    const across = random.next();
    const from = random.between(0, 0.4);
    const curve = innerCurve(panel.left, panel.right, across, from, Math.min(1, from + random.between(0.4, 0.7)));
    strands += line(
      openPath(curve),
      random.chance(0.5) ? palette.hairLight : palette.hairDeep,
      random.between(0.9, 2),
      random.between(0.18, 0.42),
    );
  }
  if (!panel.matt) strands += sheen(sitting, panel, random);
  return fill(outline, body) + clipped(strands, clip);
}

/** How wide one clump is in the middle of its panel, figure units. */
function clumpBreadth({ left, right, clumps }: Panel): number {
  const [ax, ay] = pointAt(left, 0.5);
  const [bx, by] = pointAt(right, 0.5);
  return Math.min(20, Math.max(3, Math.hypot(bx - ax, by - ay) / clumps));
}

/** A broken band of light near the roots: what makes hair look like hair and not like a cap. */
function sheen({ palette, manner }: Sitting, panel: Panel, random: RandomStream): string {
  const count = Math.max(4, Math.round(panel.clumps * 0.9));
  const breadth = clumpBreadth(panel);
  let band = '';
  for (let i = 0; i < count; i += 1) {
    const across = (i + 0.5) / count;
    const start = 0.16 + random.between(-0.05, 0.06);
    const curve = innerCurve(panel.left, panel.right, across, start, start + random.between(0.16, 0.3));
    const strength = 0.2 + 0.26 * Math.sin(Math.PI * across);
    band += fill(
      taperedPath(curve, breadth * random.between(0.4, 0.8)),
      palette.hairLight,
      strength * (manner.eyes === 'film' ? 1.3 : 1),
    );
  }
  return band;
}

function celPanel(sitting: Sitting, panel: Panel, base: Color, outline: string, clip: string): string {
  const { palette, manner } = sitting;
  const ink = inkFor(sitting, palette.hair);
  const strip = panelPath(innerCurve(panel.left, panel.right, 0.64), innerCurve(panel.left, panel.right, 1.02));
  const splits = Math.max(1, Math.round(panel.clumps / 4));
  let inside = panel.matt ? '' : fill(strip, palette.hairShade, 0.8);
  for (let i = 0; i < splits; i += 1) {
    const across = (i + 1) / (splits + 1);
    inside += fill(
      taperedPath(innerCurve(panel.left, panel.right, across, 0.12, 0.82), 4 + manner.lineWidth * 0.5),
      palette.hairDeep,
      0.75,
    );
  }
  if (!panel.matt) {
    const near = innerCurve(panel.left, panel.right, 0.2, 0.2, 0.36);
    const mid = innerCurve(panel.left, panel.right, 0.42, 0.16, 0.38);
    const far = innerCurve(panel.left, panel.right, 0.6, 0.2, 0.33);
    inside += [near, mid, far].map((curve) => fill(taperedPath(curve, 15), palette.hairLight, 0.62)).join('');
  }
  const edge = manner.lineWidth > 0 ? line(outline, ink, manner.lineWidth) : '';
  return edge + fill(outline, base) + clipped(inside, clip);
}

/** Flat shapes with one darker side. */
function flatPanel({ palette }: Sitting, panel: Panel, base: Color, outline: string, clip: string): string {
  const strip = panelPath(innerCurve(panel.left, panel.right, 0.7), innerCurve(panel.left, panel.right, 1.02));
  return fill(outline, base) + (panel.matt ? '' : clipped(fill(strip, palette.hairShade, 0.35), clip));
}

/** Clay: a few thumb-wide grooves. */
function mouldedPanel(
  sitting: Sitting,
  panel: Panel,
  random: RandomStream,
  base: Color,
  outline: string,
  clip: string,
): string {
  const { palette, defs } = sitting;
  const grooves = Math.max(2, Math.round(panel.clumps / 2.6));
  const breadth = clumpBreadth(panel) * 2.2;
  let inside = '';
  for (let i = 0; i < grooves; i += 1) {
    const across = (i + 0.5) / grooves;
    inside += fill(
      taperedPath(innerCurve(panel.left, panel.right, across, 0.02, 0.98), breadth * random.between(0.8, 1), 0.8),
      palette.hairLight,
      0.2,
    );
    inside += fill(
      taperedPath(innerCurve(panel.left, panel.right, across + 0.5 / grooves, 0, 1), breadth * 0.34, 0.8),
      palette.hairDeep,
      0.5,
    );
  }
  const body = defs.linear(
    [
      [0, mix(base, palette.hairLight, 0.16)],
      [0.5, base],
      [1, mix(base, palette.hairShade, 0.8)],
    ],
    0.2,
    0,
    0.6,
    1,
  );
  return fill(outline, body) + clipped(inside, clip);
}
