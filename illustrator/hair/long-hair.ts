import { mirrored, type Curve, type Point } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { fitted, type HairPiece } from './fitted.ts';
import type { Panel } from './panel.ts';

type LongKind = 'bob' | 'bangs' | 'medium' | 'long' | 'wavy';

interface Fall {
  /** Where the tips end, figure units below the eyes. */
  readonly tipY: number;
  /** Half width of the hair at the tips and at the shoulders. */
  readonly tipX: number;
  readonly fullX: number;
  readonly wave: number;
  readonly fringe: boolean;
}

const FALLS: Readonly<Record<LongKind, Fall>> = {
  bob: { tipY: 148, tipX: 118, fullX: 164, wave: 0, fringe: true },
  bangs: { tipY: 250, tipX: 150, fullX: 160, wave: 3, fringe: true },
  medium: { tipY: 226, tipX: 146, fullX: 164, wave: 7, fringe: false },
  long: { tipY: 560, tipX: 168, fullX: 170, wave: 5, fringe: false },
  wavy: { tipY: 520, tipX: 190, fullX: 182, wave: 16, fringe: false },
};

export function longHair(sitting: Sitting, kind: LongKind): readonly HairPiece[] {
  const fall = FALLS[kind];
  const parting = sitting.random('parting').between(-46, 46);
  const fringed = fall.fringe || (kind === 'medium' && sitting.random('fringe').chance(0.3));
  const root: Point = [parting, -226];
  return [
    behind(sitting, fall),
    curtain(sitting, fall, -1, root),
    curtain(sitting, fall, 1, root),
    ...(fringed ? fringe(sitting, -46) : []),
  ];
}

/** The mass behind neck and shoulders, in shade. */
export function behind(sitting: Sitting, fall: Pick<Fall, 'tipY' | 'tipX' | 'fullX' | 'wave'>): Panel {
  const edge: Curve = wavy(
    [
      [-4, -214],
      [-118, -170],
      [-fall.fullX + 8, -40],
      [-fall.fullX - 4, 90],
      [-fall.tipX - 12, fall.tipY * 0.7],
      [-fall.tipX * 0.86, fall.tipY + 14],
    ],
    -fall.wave * 0.7,
  );
  return {
    left: fitted(sitting, edge, -9),
    right: fitted(sitting, mirrored(edge), -9),
    layer: 'back',
    clumps: 18,
    tone: -0.8,
    matt: true,
  };
}

/** One side of hair, from the parting past the temple to its tips. */
function curtain(sitting: Sitting, fall: Fall, side: 1 | -1, root: Point): Panel {
  const s = (points: Curve): Curve => points.map(([x, y]) => [x * side, y] as const);
  const inset = fall.tipY < 180 ? 34 : 62;
  const outer = [
    root,
    ...s(
      wavy(
        [
          [54, -216],
          [98, -182],
          [fall.fullX - 10, -104],
          [fall.fullX, 20],
          [fall.fullX - 2, fall.tipY * 0.5],
          [fall.tipX + 10, fall.tipY * 0.8],
          [fall.tipX - 6, fall.tipY - 16],
        ],
        fall.wave,
      ),
    ),
  ];
  const inner = [
    [root[0], root[1] + 74] as const,
    ...s(
      wavy(
        [
          [60, -116],
          [108, -54],
          [123, 34],
          [fall.fullX - inset, fall.tipY * 0.5],
          [fall.tipX - inset, fall.tipY * 0.8],
          [fall.tipX - inset + 4, fall.tipY],
        ],
        fall.wave * 0.8,
      ),
    ),
  ];
  return {
    left: fitted(sitting, outer, 3),
    right: fitted(sitting, inner, 9),
    layer: 'front',
    clumps: 13,
    tone: side < 0 ? 0.3 : -0.1,
    casts: true,
  };
}

/** Bangs: overlapping pointed locks fanned from the crown to just above the brows. */
export function fringe(sitting: Sitting, bottomY: number): Panel[] {
  const random = sitting.random('fringe locks');
  // Combed to one side, a little uneven: a straight row of points looks cut out.
  const comb = random.pick([-1, 1]) * random.between(8, 26);
  const tips = [-104, -66, -30, 6, 42, 76, 108];
  return tips.map((x, i) => {
    const ends = [34, 8, -4, 2, -8, 4, 36][i] ?? 0;
    const tip: Point = [x + comb + random.between(-7, 7), bottomY + ends + random.between(-8, 7)];
    const root: Point = [x * 0.46 - comb * 0.6, -206 + Math.abs(x) * 0.14];
    const wide = random.between(26, 38);
    const left: Curve = [[root[0] - 20, root[1] + 2], [x * 0.86 - wide, -134], [tip[0] - 22, tip[1] - 36], tip];
    const right: Curve = [[root[0] + 20, root[1] + 2], [x * 0.86 + wide, -138], [tip[0] + 15, tip[1] - 26], tip];
    return {
      left: fitted(sitting, left, 8),
      right: fitted(sitting, right, 8),
      layer: 'front',
      clumps: 5,
      tone: i % 2 ? 0.25 : -0.05,
      casts: true,
    };
  });
}

/** Swings a curve sideways, more towards its tip. */
function wavy(curve: Curve, amplitude: number): Curve {
  if (amplitude === 0) return curve;
  return curve.map(([x, y], i) => [x + (i < 2 ? 0 : (i % 2 ? 1 : -1) * amplitude), y] as const);
}
