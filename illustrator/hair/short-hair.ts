import { mirrored, n, type Curve, type Point } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { repeat } from '../drawing/svg.ts';
import { fitted, type HairPiece } from './fitted.ts';
import type { Panel } from './panel.ts';
import { combedBack, scalp } from './scalp.ts';

type ShortKind = 'buzz' | 'short' | 'swept' | 'slick' | 'undercut' | 'spiky' | 'mohawk' | 'pixie';

/** Edges of the top, combed from a parting on the left over to the right. */
interface Sweep {
  readonly upper: Curve;
  readonly lower: Curve;
}

const SWEEPS: Readonly<Record<'short' | 'swept' | 'undercut' | 'pixie', Sweep>> = {
  short: {
    upper: [
      [-98, -132],
      [-88, -196],
      [-10, -226],
      [84, -210],
      [134, -150],
      [140, -66],
    ],
    lower: [
      [-98, -132],
      [-52, -136],
      [10, -126],
      [66, -112],
      [104, -84],
      [125, -40],
    ],
  },
  swept: {
    upper: [
      [-108, -104],
      [-120, -168],
      [-84, -220],
      [-4, -246],
      [88, -236],
      [140, -176],
      [142, -62],
    ],
    lower: [
      [-108, -104],
      [-84, -142],
      [-18, -146],
      [54, -134],
      [102, -96],
      [126, -40],
    ],
  },
  undercut: {
    upper: [
      [-98, -122],
      [-106, -186],
      [-44, -236],
      [54, -238],
      [130, -196],
      [160, -116],
      [146, -34],
    ],
    lower: [
      [-98, -122],
      [-56, -138],
      [14, -124],
      [66, -92],
      [106, -44],
      [146, -34],
    ],
  },
  pixie: {
    upper: [
      [-70, -158],
      [-40, -222],
      [40, -232],
      [112, -194],
      [144, -110],
      [132, -8],
    ],
    lower: [
      [-70, -158],
      [-60, -110],
      [0, -76],
      [58, -66],
      [104, -52],
      [126, 6],
    ],
  },
};

export function shortHair(sitting: Sitting, kind: ShortKind): readonly HairPiece[] {
  const parting: 1 | -1 = sitting.random('parting').chance(0.5) ? 1 : -1;
  const flip = (curve: Curve): Curve => (parting > 0 ? curve : mirrored(curve));
  switch (kind) {
    case 'buzz':
      return [...scalp(sitting, 1, { matt: true, clumps: 14 }), stubbleDots(sitting)];
    case 'slick':
      return combedBack(sitting, 20);
    case 'spiky':
      return spikes(sitting);
    case 'mohawk':
      return [...scalp(sitting, -8, { matt: true, tone: -0.3, clumps: 10 }), ...crest(sitting)];
    case 'undercut':
      return [...scalp(sitting, -6, { matt: true, tone: -0.4, clumps: 10 }), ...sweep(sitting, SWEEPS.undercut, flip)];
    case 'pixie':
      return [
        backOfHead(sitting),
        ...sidePieces(sitting, 34),
        ...scalp(sitting, 16),
        ...sweep(sitting, SWEEPS.pixie, flip),
      ];
    case 'short':
    case 'swept':
      return [
        ...sidePieces(sitting, kind === 'short' ? 10 : 4),
        ...scalp(sitting, 14, { tone: -0.15 }),
        ...sweep(sitting, SWEEPS[kind], flip),
      ];
  }
}

function sweep(sitting: Sitting, edges: Sweep, flip: (curve: Curve) => Curve): Panel[] {
  const upper = fitted(sitting, flip(edges.upper), 5);
  const lower = fitted(sitting, flip(edges.lower), 10);
  return [{ left: upper, right: lower, layer: 'front', clumps: 12, casts: true }];
}

/** Tapered tufts before the ears. */
function sidePieces(sitting: Sitting, length: number): Panel[] {
  return ([-1, 1] as const).map((side) => {
    const outer: Curve = [
      [side * 128, -110],
      [side * 142, -60],
      [side * 136, -8],
      [side * 122, 14 + length],
    ];
    const inner: Curve = [
      [side * 100, -92],
      [side * 116, -52],
      [side * 119, -6],
      [side * 121, 14 + length],
    ];
    return {
      left: fitted(sitting, outer, 2),
      right: fitted(sitting, inner, 6),
      layer: 'front',
      clumps: 4,
      tone: -0.25,
      matt: true,
    };
  });
}

function backOfHead(sitting: Sitting): Panel {
  const outer: Curve = [
    [0, -200],
    [-120, -150],
    [-146, -40],
    [-128, 70],
  ];
  return {
    left: fitted(sitting, outer, -8),
    right: fitted(sitting, mirrored(outer), -8),
    layer: 'back',
    clumps: 8,
    tone: -0.7,
    matt: true,
  };
}

function stubbleDots(sitting: Sitting): HairPiece {
  if (sitting.manner.shading !== 'soft') return { layer: 'front', svg: '' };
  const random = sitting.random('buzz');
  const dots = repeat(150, () => {
    const angle = random.between(Math.PI * 1.06, Math.PI * 1.94);
    const reach = random.between(0.74, 1.02);
    const [x, y] = fitted(sitting, [[Math.cos(angle) * 132 * reach, -66 + Math.sin(angle) * 122 * reach]], 5)[0] ?? [
      0, 0,
    ];
    return y > -112 && Math.abs(x) < 100 ? '' : `<path d="M${n(x)} ${n(y)}l${n(random.between(-2, 2))} -5"/>`;
  });
  return {
    layer: 'front',
    svg: `<g stroke="${sitting.palette.hairLight}" stroke-width="1.5" opacity=".4" fill="none">${dots}</g>`,
  };
}

/** A pointed lock from a root edge to one tip. */
function spike(sitting: Sitting, a: Point, b: Point, tip: Point, bend: number, tone: number): Panel {
  const middle = (from: Point, share: number): Point => [
    from[0] + (tip[0] - from[0]) * share + bend,
    from[1] + (tip[1] - from[1]) * share,
  ];
  return {
    left: fitted(sitting, [a, middle(a, 0.55), tip], 6),
    right: fitted(sitting, [b, middle(b, 0.5), tip], 6),
    layer: 'front',
    clumps: 4,
    tone,
    casts: true,
  };
}

function spikes(sitting: Sitting): readonly HairPiece[] {
  const random = sitting.random('spikes');
  const lean = random.chance(0.5) ? 1 : -1;
  const crown: Panel[] = Array.from({ length: 11 }, (_, i) => {
    const angle = Math.PI * (1.02 + (0.96 * (i + 0.5)) / 11);
    const root = (shift: number): Point => [Math.cos(angle + shift) * 112, -74 + Math.sin(angle + shift) * 106];
    const reach = random.between(180, 216);
    const tip: Point = [Math.cos(angle + lean * 0.09) * reach, -84 + Math.sin(angle + lean * 0.09) * reach * 0.94];
    return spike(sitting, root(-0.26), root(0.26), tip, lean * 6, i % 2 ? 0 : -0.2);
  });
  const fringe: Panel[] = [-92, -52, -12, 30, 70, 102].map((x, i) =>
    spike(
      sitting,
      [x - 30, -150],
      [x + 26, -150],
      [x + lean * 16 + random.between(-6, 6), [-34, -58, -50, -62, -48, -22][i] ?? -50],
      lean * 6,
      i % 2 ? 0.3 : 0,
    ),
  );
  const temples: Panel[] = ([-1, 1] as const).map((side) =>
    spike(sitting, [side * 138, -96], [side * 104, -100], [side * 124, 44], side * 4, -0.2),
  );
  return [backOfHead(sitting), ...crown, ...scalp(sitting, 14), ...temples, ...fringe];
}

function crest(sitting: Sitting): Panel[] {
  const random = sitting.random('crest');
  return Array.from({ length: 7 }, (_, i) => {
    const x = -36 + i * 12;
    return spike(
      sitting,
      [x - 20, -128],
      [x + 20, -128],
      [x * 1.9 + random.between(-5, 5), -292 + Math.abs(i - 3) * 10 + random.between(-8, 8)],
      0,
      i % 2 ? 0.3 : -0.1,
    );
  });
}
