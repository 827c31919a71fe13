import { lighten, mix, type Color } from '../drawing/color.ts';
import { closedPath, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, glow, line, repeat } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY, torsoCurve, torsoShading } from './cloth.ts';
import type { Dress } from './dress.ts';

export function android(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const { defs, head, turned } = sitting;
  const seam: Color = '#9aa7b4';
  const rings = repeat(4, (i) =>
    line(
      openPath([
        [-neck - 2, y - 50 + i * 17],
        [0, y - 38 + i * 17],
        [neck + 2, y - 50 + i * 17],
      ]),
      i % 2 ? '#3b4754' : '#55626f',
      12,
    ),
  );
  const plate = (curve: Curve, tone: Color): string =>
    cloth(sitting, curve, tone) + line(closedPath(curve), seam, sitting.manner.lineWidth || 3, 0.8);
  const chest =
    plate(
      [
        [-148 * k, y + 48],
        [-20, y + 70],
        [-20, y + 320],
        [-130 * k, y + 300],
      ],
      lighten(color, 0.3),
    ) +
    plate(
      [
        [148 * k, y + 48],
        [20, y + 70],
        [20, y + 320],
        [130 * k, y + 300],
      ],
      color,
    );
  const core =
    glow(defs, { x: 0, y: y + 166, rx: 84, ry: 84 }, '#6fe3ff', 0.9) +
    ellipse({ x: 0, y: y + 166, rx: 30, ry: 30 }, '#5d6b78') +
    ellipse({ x: 0, y: y + 166, rx: 22, ry: 22 }, '#c8f6ff');
  const shoulders = [-1, 1]
    .map((s) =>
      plate(
        [
          [s * 150 * k, y + 40],
          [s * 222 * k, y + 52],
          [s * 262 * k, y + 130],
          [s * 246 * k, y + 210],
          [s * 176 * k, y + 160],
        ],
        s < 0 ? lighten(color, 0.4) : color,
      ),
    )
    .join('');
  const t = turned(14);
  const face =
    line(
      openPath([
        [t, head.crownY + 6],
        [t + 2, -120],
        [t + 4, -84],
      ]),
      seam,
      3,
      0.75,
    ) +
    line(
      openPath([
        [-head.brow + 22 + t, -20],
        [-head.cheek + 36 + t, 60],
        [-head.chin - 18 + t, head.chinY - 34],
        [-head.chin + 8 + t, head.chinY - 4],
      ]),
      seam,
      3,
      0.7,
    ) +
    line(
      openPath([
        [head.brow - 22 + t, -20],
        [head.cheek - 36 + t, 60],
        [head.chin + 18 + t, head.chinY - 34],
        [head.chin - 8 + t, head.chinY - 4],
      ]),
      seam,
      3,
      0.7,
    ) +
    line(
      openPath([
        [-head.temple + 24 + t, -74],
        [-40 + t, -96],
        [40 + t, -96],
        [head.temple - 24 + t, -74],
      ]),
      seam,
      2.6,
      0.6,
    ) +
    glow(defs, { x: -head.cheek + 26 + t, y: -64, rx: 22, ry: 22 }, '#6fe3ff', 0.9) +
    ellipse({ x: -head.cheek + 26 + t, y: -64, rx: 6, ry: 6 }, '#d8f9ff');
  const ears = [-1, 1]
    .map(
      (s) =>
        ellipse({ x: s * (head.brow + 4), y: head.eyeY + 18, rx: 24, ry: 34 }, mix(color, '#7f8d9a', 0.35)) +
        ellipse({ x: s * (head.brow + 6), y: head.eyeY + 18, rx: 14, ry: 22 }, '#e9f1f6') +
        ellipse({ x: s * (head.brow + 6), y: head.eyeY + 18, rx: 7, ry: 12 }, '#6fdcf5'),
    )
    .join('');
  return {
    torso:
      cloth(sitting, torsoCurve(sitting, 6), '#76838f') +
      torsoShading(sitting, '#76838f') +
      rings +
      shoulders +
      chest +
      core,
    over: face + ears,
  };
}
