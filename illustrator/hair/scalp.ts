import { mirrored, taperedPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { fill } from '../drawing/svg.ts';
import { fitted, type HairPiece } from './fitted.ts';
import type { Panel } from './panel.ts';

/** Outer skull with a little volume, from the left sideburn over the crown to the right one. */
const outerLeft = (lift: number): Curve => [
  [-126, 8],
  [-136 - lift * 0.4, -40],
  [-139 - lift * 0.6, -100],
  [-104 - lift * 0.4, -166 - lift * 0.6],
  [-52, -188 - lift * 0.9],
  [0, -192 - lift],
];
const HAIRLINE_LEFT: Curve = [
  [-121, 8],
  [-119, -40],
  [-104, -84],
  [-70, -112],
  [0, -122],
];

/**
 * Hair that lies on the skull, combed from the hairline backwards.
 * @param lift volume over the skull, figure units
 */
export function scalp(
  sitting: Sitting,
  lift: number,
  options: { matt?: boolean; tone?: number; clumps?: number } = {},
): Panel[] {
  const half = (side: 1 | -1): Panel => {
    const outer = outerLeft(lift);
    const inner = HAIRLINE_LEFT;
    // Strands run from the middle down to the sideburns.
    const left = fitted(sitting, side < 0 ? outer.toReversed() : mirrored(outer).toReversed(), 4);
    const right = fitted(sitting, side < 0 ? inner.toReversed() : mirrored(inner).toReversed(), 9);
    return {
      left,
      right,
      layer: 'front',
      clumps: options.clumps ?? 8,
      matt: options.matt ?? false,
      tone: options.tone ?? 0,
      casts: true,
    };
  };
  return [half(-1), half(1)];
}

/** Hair combed straight back: strands run across, from the hairline over the skull. */
export function combedBack(sitting: Sitting, lift: number): readonly HairPiece[] {
  const outer = [...outerLeft(lift), ...mirrored(outerLeft(lift)).toReversed().slice(1)];
  const inner = [...HAIRLINE_LEFT, ...mirrored(HAIRLINE_LEFT).toReversed().slice(1)];
  const slices = 7;
  const edge = (curve: Curve, share: number): readonly [number, number] => {
    const span = share * (curve.length - 1);
    const i = Math.min(curve.length - 2, Math.floor(span));
    const a = curve[i] ?? [0, 0];
    const b = curve[i + 1] ?? a;
    return [a[0] + (b[0] - a[0]) * (span - i), a[1] + (b[1] - a[1]) * (span - i)];
  };
  const spoke = (share: number): Curve => {
    const from = edge(inner, share);
    const to = edge(outer, share);
    const bulge: readonly [number, number] = [
      (from[0] * 0.4 + to[0] * 0.6) * 1.03,
      from[1] * 0.5 + to[1] * 0.5 - lift * 0.2,
    ];
    return fitted(sitting, [from, bulge, to], 6);
  };
  const base: Panel = {
    left: fitted(sitting, outer, 4),
    right: fitted(sitting, inner, 9),
    layer: 'front',
    clumps: 3,
    matt: true,
    casts: true,
  };
  const combed = Array.from({ length: slices }, (_, i): Panel => ({
    left: spoke(i / slices),
    right: spoke((i + 1) / slices),
    layer: 'front',
    clumps: 4,
    tone: i < 3 ? 0.4 : 0,
  }));
  if (sitting.manner.shading !== 'cel') return [base, ...combed];
  const strokes = Array.from({ length: slices - 1 }, (_, i) => taperedPath(spoke((i + 1) / slices), 7));
  const svg = strokes.map((path) => fill(path, sitting.palette.hairDeep, 0.6)).join('');
  return [base, { layer: 'front', svg }];
}
