import { mirrored, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { fitted, type HairPiece } from './fitted.ts';
import { fringe } from './long-hair.ts';
import type { Panel } from './panel.ts';
import { combedBack, scalp } from './scalp.ts';
import { drawBall, drawBraid } from './tubes.ts';

type TiedKind = 'braid' | 'ponytail' | 'bun' | 'twinbuns' | 'pigtails';

export function tiedHair(sitting: Sitting, kind: TiedKind): readonly HairPiece[] {
  const side: 1 | -1 = sitting.random('tie side').chance(0.5) ? 1 : -1;
  const loose = sitting.random('loose strands').chance(0.6) ? wisps(sitting) : [];
  switch (kind) {
    case 'bun': {
      const [x, y] = place(sitting, 0, -228, -6);
      return [{ layer: 'back', svg: drawBall(sitting, x, y, 66) }, ...combedBack(sitting, 18), ...loose];
    }
    case 'twinbuns': {
      const balls = ([-1, 1] as const).map((s) => {
        const [x, y] = place(sitting, s * 112, -196, -4);
        return drawBall(sitting, x, y, 54);
      });
      return [
        { layer: 'back', svg: balls.join('') },
        nape(sitting),
        ...scalp(sitting, 20),
        ...wisps(sitting),
        ...fringe(sitting, -46),
      ];
    }
    case 'pigtails':
      return [
        nape(sitting),
        tail(sitting, -1),
        tail(sitting, 1),
        ...scalp(sitting, 20),
        ...wisps(sitting),
        ...fringe(sitting, -46),
      ];
    case 'ponytail':
      return [ponytail(sitting, side), ...combedBack(sitting, 18), ...loose];
    case 'braid': {
      const curve = fitted(
        sitting,
        (
          [
            [126, 40],
            [150, 120],
            [150, 220],
            [132, 330],
            [120, 420],
          ] as Curve
        ).map(([x, y]) => [x * side, y] as const),
        2,
      );
      return [
        nape(sitting),
        ...swoop(sitting, side),
        { layer: 'front', svg: drawBraid(sitting, curve, 48, 13) },
        ...wisps(sitting),
      ];
    }
  }
}

function place(sitting: Sitting, x: number, y: number, depth: number): readonly [number, number] {
  return fitted(sitting, [[x, y]], depth)[0] ?? [x, y];
}

/** Thin locks that escaped before the ears. */
function wisps(sitting: Sitting): Panel[] {
  return ([-1, 1] as const).map((s) => ({
    left: fitted(
      sitting,
      [
        [s * 108, -96],
        [s * 134, -30],
        [s * 130, 40],
        [s * 114, 104],
      ],
      5,
    ),
    right: fitted(
      sitting,
      [
        [s * 94, -100],
        [s * 118, -30],
        [s * 121, 36],
        [s * 114, 104],
      ],
      8,
    ),
    layer: 'front',
    clumps: 3,
    tone: 0.1,
  }));
}

function nape(sitting: Sitting): Panel {
  const outer: Curve = [
    [0, -200],
    [-126, -150],
    [-148, -30],
    [-132, 96],
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

function tail(sitting: Sitting, s: 1 | -1): Panel {
  return {
    left: fitted(
      sitting,
      [
        [s * 126, -120],
        [s * 206, -110],
        [s * 236, 20],
        [s * 214, 170],
        [s * 186, 290],
      ],
      -4,
    ),
    right: fitted(
      sitting,
      [
        [s * 120, -84],
        [s * 160, -60],
        [s * 170, 40],
        [s * 168, 160],
        [s * 186, 290],
      ],
      -4,
    ),
    layer: 'back',
    clumps: 9,
    tone: 0,
  };
}

function ponytail(sitting: Sitting, s: 1 | -1): Panel {
  return {
    left: fitted(
      sitting,
      [
        [s * 50, -196],
        [s * 168, -206],
        [s * 232, -90],
        [s * 234, 60],
        [s * 222, 200],
        [s * 190, 330],
      ],
      -10,
    ),
    right: fitted(
      sitting,
      [
        [s * 70, -130],
        [s * 126, -120],
        [s * 138, -10],
        [s * 132, 110],
        [s * 140, 220],
        [s * 172, 330],
      ],
      -10,
    ),
    layer: 'back',
    clumps: 12,
    tone: -0.15,
  };
}

/** Both halves drawn from a side parting down towards the plait. */
function swoop(sitting: Sitting, side: 1 | -1): Panel[] {
  const s = (curve: Curve): Curve => curve.map(([x, y]) => [x * side, y] as const);
  return [
    {
      left: fitted(
        sitting,
        s([
          [-50, -216],
          [-120, -178],
          [-148, -80],
          [-146, 30],
          [-118, 96],
        ]),
        3,
      ),
      right: fitted(
        sitting,
        s([
          [-50, -176],
          [-84, -124],
          [-116, -58],
          [-126, 20],
          [-118, 96],
        ]),
        8,
      ),
      layer: 'front',
      clumps: 9,
      tone: -0.1,
      casts: true,
    },
    {
      left: fitted(
        sitting,
        s([
          [-56, -216],
          [60, -230],
          [140, -150],
          [156, -20],
          [152, 90],
        ]),
        3,
      ),
      right: fitted(
        sitting,
        s([
          [-56, -180],
          [20, -128],
          [96, -84],
          [124, 0],
          [122, 80],
        ]),
        9,
      ),
      layer: 'front',
      clumps: 14,
      tone: 0.2,
      casts: true,
    },
  ];
}
