import { darken, lighten, lightness, shade, type Color } from '../drawing/color.ts';
import { closedPath, mirrored, n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { clipped, ellipse, fill, line, repeat } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY, torsoShading } from './cloth.ts';
import type { Dress } from './dress.ts';
import { garment, garmentCurve, neckband } from './garment.ts';
import { GOLD } from './gold.ts';
import { patternOn, star } from './pattern.ts';

/** One side of a front that laps over the other. */
function lap(sitting: Sitting, s: 1 | -1, width: number, low = 420): Curve {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  return [
    [s * (neck + 4), y - 38],
    [s * (neck + 4 + width), y - 20],
    [s * (30 + width) * k, y + 150],
    [s * -90 * k, y + low],
    [s * -110 * k, y + low - width],
    [s * 6 * k, y + 120],
  ];
}

export function kimono(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const trim = lightness(color) > 0.8 ? shade(color, 0.16) : lighten(color, 0.55);
  const belt: Color = lightness(color) > 0.8 ? '#26262d' : darken(color, 0.5);
  return {
    torso:
      garment(sitting, color, 90, 12) +
      fill(`M-40 ${n(y - 30)}H40L0 ${n(y + 120)}Z`, sitting.palette.skin) +
      cloth(sitting, lap(sitting, 1, 44), trim) +
      cloth(sitting, lap(sitting, -1, 44), lighten(trim, 0.1)) +
      line(`M-300 ${n(y + 470)}H300`, belt, 70),
  };
}

export function bathrobe(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  return {
    torso:
      garment(sitting, color, 90, 16) +
      fill(`M-44 ${n(y - 30)}H44L0 ${n(y + 170)}Z`, sitting.palette.skin) +
      cloth(sitting, lap(sitting, 1, 66, 460), lighten(color, 0.18)) +
      cloth(sitting, lap(sitting, -1, 66, 460), lighten(color, 0.24)) +
      line(`M-300 ${n(y + 500)}H300`, shade(color, 0.3), 46),
  };
}

/** Blouse and a length of cloth over one shoulder, with a gold border. */
export function sari(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const drape: Curve = [
    [56 * k, y - 4],
    [150 * k, y + 24],
    [222 * k, y + 84],
    [240 * k, y + 420],
    [240 * k, y + 1300],
    [-240 * k, y + 1300],
    [-236 * k, y + 420],
    [-150 * k, y + 330],
    [-20 * k, y + 170],
  ];
  const border = openPath([
    [56 * k, y - 4],
    [-20 * k, y + 170],
    [-150 * k, y + 330],
    [-236 * k, y + 420],
  ]);
  const folds = [0.3, 0.55, 0.8]
    .map((t) =>
      line(
        openPath([
          [(70 + 140 * t) * k, y + 20 + 30 * t],
          [(20 + 150 * t) * k, y + 240],
          [(-60 + 160 * t) * k, y + 700],
        ]),
        shade(color, 0.7),
        4.5,
        0.4,
      ),
    )
    .join('');
  return {
    torso:
      garment(sitting, shade(color, 0.35), 84) +
      neckband(sitting, GOLD, 84, 8) +
      cloth(sitting, drape, color) +
      patternOn(sitting, color, drape) +
      folds +
      line(border, GOLD, 24) +
      line(border, shade(GOLD, 0.5), 4),
  };
}

export function toga(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const drape: Curve = [
    [-60 * k, y - 2],
    [-150 * k, y + 20],
    [-230 * k, y + 84],
    [-250 * k, y + 420],
    [-250 * k, y + 1300],
    [250 * k, y + 1300],
    [236 * k, y + 470],
    [150 * k, y + 330],
    [20 * k, y + 160],
  ];
  const folds = [0.15, 0.35, 0.55, 0.75]
    .map((t) =>
      line(
        openPath([
          [(-80 - 120 * t) * k, y + 16 + 40 * t],
          [(-40 - 90 * t) * k, y + 250],
          [(60 - 60 * t) * k, y + 640],
        ]),
        shade(color, 0.6),
        6,
        0.4,
      ),
    )
    .join('');
  const hem = openPath([
    [-60 * k, y - 2],
    [20 * k, y + 160],
    [150 * k, y + 330],
    [236 * k, y + 470],
  ]);
  return {
    torso:
      garment(sitting, shade(color, 0.16), 60) +
      cloth(sitting, drape, color) +
      folds +
      line(hem, '#7a2f5e', 15) +
      ellipse({ x: -84 * k, y: y + 40, rx: 22, ry: 22 }, GOLD) +
      ellipse({ x: -84 * k, y: y + 40, rx: 12, ry: 12 }, shade(GOLD, 0.4)),
  };
}

export function poncho(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const half: Curve = [
    [neck + 6, y - 12],
    [130 * k, y + 36],
    [250 * k, y + 170],
    [300 * k, y + 420],
    [330 * k, y + 1300],
  ];
  const shape: Curve = [...mirrored(half).toReversed(), [0, y + 70], ...half];
  const tones: Color[] = ['#e6b93a', '#2f7a78', '#f1e8d2', darken(color, 0.4)];
  const bands = repeat(4, (i) =>
    line(`M-420 ${n(y + 40 + i * 40)}L0 ${n(y + 128 + i * 40)}L420 ${n(y + 40 + i * 40)}`, tones[i]!, i % 2 ? 16 : 26),
  );
  return {
    torso:
      cloth(sitting, shape, color) +
      clipped(bands, sitting.defs.clip(closedPath(shape))) +
      torsoShading(sitting, color, shape) +
      neckband(sitting, darken(color, 0.2), 66, 16),
  };
}

/** Plain robe with a cowl: monks, kaftans. */
export function habit(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const cowl: Curve = [
    [-neck - 12, y - 44],
    [0, y + 4],
    [neck + 12, y - 44],
    [116 * k, y + 26],
    [120 * k, y + 96],
    [40 * k, y + 150],
    [0, y + 158],
    [-40 * k, y + 150],
    [-120 * k, y + 96],
    [-116 * k, y + 26],
  ];
  const folds = [-1, 1]
    .map((s) =>
      [40, 100, 150]
        .map((x) =>
          line(
            openPath([
              [s * x * 0.5 * k, y + 170],
              [s * x * k, y + 420],
              [s * x * k, y + 1300],
            ]),
            shade(color, 0.75),
            5,
            0.4,
          ),
        )
        .join(''),
    )
    .join('');
  return {
    torso:
      garment(sitting, color, 60, 18) +
      folds +
      line(`M-300 ${n(y + 500)}H300`, lighten(color, 0.5), 16) +
      cloth(sitting, cowl, lighten(color, 0.1)) +
      line(
        openPath([
          [-neck - 30, y + 20],
          [0, y + 70],
          [neck + 30, y + 20],
        ]),
        shade(color, 0.7),
        5,
        0.5,
      ),
  };
}

export function sailorsuit(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const blue: Color = lightness(color) > 0.7 ? '#2c4272' : '#f3f2ee';
  const trim: Color = lightness(color) > 0.7 ? '#f6f4ee' : '#2c4272';
  const collar = (s: 1 | -1): Curve => [
    [s * (neck + 2), y - 40],
    [s * 130 * k, y + 18],
    [s * 152 * k, y + 100],
    [s * 60 * k, y + 150],
    [s * 4, y + 210],
    [s * 30 * k, y + 80],
  ];
  const edge = (s: 1 | -1): string =>
    line(
      openPath([
        [s * 132 * k, y + 30],
        [s * 140 * k, y + 92],
        [s * 58 * k, y + 136],
        [s * 8, y + 190],
      ]),
      trim,
      6,
    );
  const knot: Curve = [
    [-26, y + 204],
    [26, y + 204],
    [44, y + 330],
    [8, y + 290],
    [-8, y + 290],
    [-44, y + 330],
  ];
  return {
    torso:
      garment(sitting, color, 90, 8) +
      cloth(sitting, collar(-1), blue) +
      cloth(sitting, collar(1), blue) +
      edge(-1) +
      edge(1) +
      cloth(sitting, knot, '#b23a3c', { fine: true }) +
      ellipse({ x: 0, y: y + 212, rx: 18, ry: 16 }, '#c9494a'),
  };
}

/** Tight suit with a second color and an emblem. */
export function hero(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const second = sitting.person.under ?? (lightness(color) < 0.5 ? '#d9b13f' : '#26365a');
  const yoke = garmentCurve(sitting, 24, 2);
  const panel: Curve = [
    [-150 * k, y + 30],
    [0, y + 150],
    [150 * k, y + 30],
    [250 * k, y + 90],
    [250 * k, y - 80],
    [-250 * k, y - 80],
    [-250 * k, y + 90],
  ];
  const shield: Curve = [
    [-64 * k, y + 176],
    [64 * k, y + 176],
    [54 * k, y + 260],
    [0, y + 316],
    [-54 * k, y + 260],
  ];
  return {
    torso:
      garment(sitting, color, 24, 2) +
      clipped(fill(closedPath(panel), second, 0.92), sitting.defs.clip(closedPath(yoke))) +
      neckband(sitting, second, 24, 16) +
      cloth(sitting, shield, second) +
      star(0, y + 238, 44 * k, color),
  };
}
