import { darken, lighten, shade, type Color } from '../drawing/color.ts';
import { n, openPath } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, line, repeat } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY, torsoCurve, torsoShading } from './cloth.ts';
import type { Dress } from './dress.ts';
import { GOLD } from './gold.ts';

export function velvet(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const ruffle = repeat(15, (i) => {
    const t = (i / 14) * 2 - 1;
    const x = t * (neck + 34);
    const ry = y + 22 - t * t * 46;
    return (
      ellipse({ x, y: ry, rx: 17, ry: 25, rotate: t * -30 }, '#d8cfbd') +
      ellipse({ x: x - 2, y: ry - 3, rx: 14, ry: 21, rotate: t * -30 }, '#f6f0e2')
    );
  });
  const slashes = [-1, 1]
    .map((s) =>
      repeat(4, (i) =>
        line(
          openPath([
            [s * (196 + i * 16) * k, y + 92 + i * 26],
            [s * (214 + i * 14) * k, y + 150 + i * 30],
            [s * (216 + i * 12) * k, y + 210 + i * 30],
          ]),
          lighten(color, 0.4),
          8,
          0.55,
        ),
      ),
    )
    .join('');
  const chain =
    line(
      openPath([
        [-120 * k, y + 40],
        [-70 * k, y + 150],
        [0, y + 196],
        [70 * k, y + 150],
        [120 * k, y + 40],
      ]),
      shade(GOLD, 0.3),
      12,
    ) +
    line(
      openPath([
        [-120 * k, y + 40],
        [-70 * k, y + 150],
        [0, y + 196],
        [70 * k, y + 150],
        [120 * k, y + 40],
      ]),
      GOLD,
      8,
    );
  const pendant =
    ellipse({ x: 0, y: y + 218, rx: 26, ry: 26 }, GOLD) +
    ellipse({ x: 0, y: y + 218, rx: 15, ry: 15 }, '#2f7a5a') +
    ellipse({ x: -5, y: y + 212, rx: 5, ry: 5 }, '#d8ffe8');
  const placket =
    line(`M0 ${n(y + 250)}V${n(y + 1300)}`, darken(color, 0.5), 5) +
    [300, 380, 460, 560].map((dy) => ellipse({ x: 0, y: y + dy, rx: 9, ry: 9 }, GOLD)).join('');
  return {
    torso:
      cloth(sitting, torsoCurve(sitting, 20), color) +
      torsoShading(sitting, color) +
      slashes +
      placket +
      chain +
      pendant +
      ruffle,
  };
}
