import type { Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { fill, repeat } from '../drawing/svg.ts';
import { closedPath } from '../drawing/geometry.ts';
import { fitted, type HairPiece } from './fitted.ts';
import { behind } from './long-hair.ts';
import { scalp } from './scalp.ts';
import { drawCurls, drawTube } from './tubes.ts';

type TexturedKind = 'curly' | 'ringlets' | 'afro' | 'dreads';
type Curl = readonly [number, number, number];

export function texturedHair(sitting: Sitting, kind: TexturedKind): readonly HairPiece[] {
  switch (kind) {
    case 'dreads':
      return dreads(sitting);
    case 'ringlets':
      return ringlets(sitting);
    case 'afro':
      return cloud(sitting, { spread: 66, radius: [24, 36], downTo: 60 });
    case 'curly':
      return cloud(sitting, { spread: 22, radius: [24, 34], downTo: sitting.person.feminine > 0.5 ? 130 : -10 });
  }
}

interface Cloud {
  readonly spread: number;
  readonly radius: readonly [number, number];
  readonly downTo: number;
}

function cloud(sitting: Sitting, { spread, radius, downTo }: Cloud): readonly HairPiece[] {
  const random = sitting.random('curls');
  const size = (): number => random.between(radius[0], radius[1]);
  const ring = (count: number, reach: number): Curl[] =>
    Array.from({ length: count }, (_, i) => {
      const angle = Math.PI * (1 + (i + 0.5) / count);
      return [
        Math.cos(angle) * (118 + reach) + random.between(-5, 5),
        -76 + Math.sin(angle) * (112 + reach) + random.between(-5, 5),
        size(),
      ];
    });
  const sides: Curl[] = [];
  for (let y = -70; y < downTo; y += 30)
    for (const s of [-1, 1])
      sides.push([s * (124 + spread * 0.7 + random.between(-6, 8)), y + random.between(-6, 6), size()]);
  const brow: Curl[] = [-98, -70, -36, 0, 34, 68, 98].map((x) => [
    x + random.between(-5, 5),
    -126 + Math.abs(x) * 0.2 + random.between(-6, 6),
    random.between(20, 27),
  ]);
  const fit = (curls: readonly Curl[], depth: number): Curl[] =>
    curls.map(([x, y, r]) => {
      const [fx, fy] = fitted(sitting, [[x, y]], depth)[0] ?? [x, y];
      return [fx, fy, r];
    });
  const mass: Curve = [
    [-124 - spread, -60],
    [-100 - spread * 0.8, -170 - spread * 0.6],
    [0, -200 - spread],
    [100 + spread * 0.8, -170 - spread * 0.6],
    [124 + spread, -60],
    [120 + spread * 0.7, downTo],
    [0, downTo + 10],
    [-120 - spread * 0.7, downTo],
  ];
  return [
    {
      layer: 'back',
      svg:
        fill(closedPath(fitted(sitting, mass, -4)), sitting.palette.hairShade) +
        drawCurls(sitting, fit([...ring(15, spread + 8), ...sides], -4)),
    },
    ...scalp(sitting, 10, { matt: true, tone: -0.3 }),
    {
      layer: 'front',
      svg: drawCurls(sitting, fit([...ring(11, Math.min(14, spread * 0.4)), ...ring(8, -26), ...brow], 6)),
    },
  ];
}

function ringlets(sitting: Sitting): readonly HairPiece[] {
  const random = sitting.random('ringlets');
  const strand = (side: 1 | -1, x: number, tipY: number): Curl[] => {
    const list: Curl[] = [];
    for (let y = -60; y < tipY; y += 21)
      list.push([
        side * (x + Math.sin(y * 0.09) * 7 + random.between(-2, 2)),
        y,
        20 - Math.max(0, y - tipY + 60) * 0.12,
      ]);
    return list;
  };
  const fit = (curls: readonly Curl[], depth: number): Curl[] =>
    curls.map(([x, y, r]) => {
      const [fx, fy] = fitted(sitting, [[x, y]], depth)[0] ?? [x, y];
      return [fx, fy, r];
    });
  const backs = ([-1, 1] as const).flatMap((s) => [...strand(s, 168, 190), ...strand(s, 118, 240)]);
  const fronts = ([-1, 1] as const).flatMap((s) => strand(s, 138, 170 + random.between(-10, 20)));
  return [
    behind(sitting, { tipY: 220, tipX: 150, fullX: 166, wave: 0 }),
    { layer: 'back', svg: drawCurls(sitting, fit(backs, -5)) },
    ...scalp(sitting, 26, { clumps: 12 }),
    { layer: 'front', svg: drawCurls(sitting, fit(fronts, 3)) },
  ];
}

function dreads(sitting: Sitting): readonly HairPiece[] {
  const random = sitting.random('dreads');
  const tube = (x0: number, y0: number, x1: number, y1: number, tone: number, depth: number): string =>
    drawTube(
      sitting,
      fitted(
        sitting,
        [
          [x0, y0],
          [x0 + (x1 - x0) * 0.72, y0 + 16],
          [x1, y0 + (y1 - y0) * 0.4],
          [x1 * 1.02, y1],
        ],
        depth,
      ),
      random.between(24, 30),
      tone,
    );
  const backs = repeat(11, (i) => {
    const t = (i / 10) * 2 - 1;
    return tube(t * 60, -170, t * 168, 300 + random.between(-50, 40) - Math.abs(t) * 40, -1, -6);
  });
  const fronts = repeat(10, (i) => {
    const side = i % 2 ? 1 : -1;
    const j = Math.floor(i / 2);
    return tube(
      side * (10 + j * 12),
      -206 + j * 12,
      side * (124 + j * 12),
      190 + random.between(-30, 60) - j * 12,
      0,
      4,
    );
  });
  return [{ layer: 'back', svg: backs }, ...scalp(sitting, 16, { tone: -0.2 }), { layer: 'front', svg: fronts }];
}
