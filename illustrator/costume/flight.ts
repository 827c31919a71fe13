import { lighten, shade, type Color } from '../drawing/color.ts';
import { closedPath, mirrored, n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, fill, line } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY, torsoCurve, torsoShading } from './cloth.ts';
import type { Dress } from './dress.ts';

/** A standing collar, open in front. */
function standingCollar(sitting: Sitting, color: Color, height: number): string {
  const y = neckY(sitting);
  const { neck } = bodyOf(sitting);
  const right: Curve = [
    [neck + 2, y - height],
    [neck + 26, y - height + 8],
    [neck + 44, y + 6],
    [neck + 20, y + 46],
    [10, y + 74],
    [6, y + 40],
    [neck * 0.72, y + 10],
  ];
  return cloth(sitting, mirrored(right), lighten(color, 0.1)) + cloth(sitting, right, lighten(color, 0.02));
}

export function flight(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const harness = [-1, 1]
    .map(
      (s) =>
        line(
          openPath([
            [s * 132 * k, y + 40],
            [s * 112 * k, y + 170],
            [s * 60 * k, y + 330],
            [s * 56 * k, y + 1300],
          ]),
          '#2f333b',
          30,
        ) +
        line(
          openPath([
            [s * 132 * k, y + 40],
            [s * 112 * k, y + 170],
            [s * 60 * k, y + 330],
          ]),
          '#4a505b',
          20,
        ),
    )
    .join('');
  const zip =
    line(`M0 ${n(y + 62)}V${n(y + 1300)}`, shade(color, 0.8), 10) +
    line(`M0 ${n(y + 62)}V${n(y + 1300)}`, '#d8dade', 4);
  const patch =
    ellipse({ x: -176 * k, y: y + 152, rx: 34, ry: 34 }, '#f3efe2') +
    ellipse({ x: -176 * k, y: y + 152, rx: 28, ry: 28 }, '#27406f') +
    fill(`M${n(-196 * k)} ${n(y + 164)}L${n(-176 * k)} ${n(y + 130)}L${n(-156 * k)} ${n(y + 164)}Z`, '#e6b64a');
  const tag =
    fill(`M${n(142 * k)} ${n(y + 138)}h${n(70 * k)}v30h${n(-70 * k)}Z`, '#2b303a') +
    line(`M${n(150 * k)} ${n(y + 153)}h${n(52 * k)}`, '#8fd8e8', 6);
  return {
    torso:
      cloth(sitting, torsoCurve(sitting, 10), color) +
      torsoShading(sitting, color) +
      zip +
      harness +
      patch +
      tag +
      standingCollar(sitting, shade(color, 0.2), 44),
  };
}

export function spacesuit(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const { defs, head } = sitting;
  const ring: Curve = [
    [-176, y + 6],
    [-110, y - 36],
    [0, y - 48],
    [110, y - 36],
    [176, y + 6],
    [178, y + 50],
    [100, y + 96],
    [0, y + 108],
    [-100, y + 96],
    [-178, y + 50],
  ];
  const metal = (curve: Curve, tone: Color): string =>
    cloth(sitting, curve, tone) + line(closedPath(curve), '#5d6670', 3, 0.7);
  const panel =
    fill(`M-76 ${n(y + 176)}h152q12 0 12 12v120q0 12 -12 12h-152q-12 0 -12 -12v-120q0 -12 12 -12Z`, '#c9ced3') +
    [0, 1, 2]
      .map((i) =>
        ellipse({ x: -48 + i * 30, y: y + 210, rx: 9, ry: 9 }, ['#d94f45', '#e8b23f', '#4f9a6a'][i] ?? '#ffffff'),
      )
      .join('') +
    fill(`M-58 ${n(y + 240)}h116v50h-116Z`, '#28384c') +
    line(`M-48 ${n(y + 274)}l20 -14l16 8l22 -18l18 12l20 -8`, '#7fe0c0', 4);
  const hoses = [-1, 1]
    .map(
      (s) =>
        line(
          openPath([
            [s * 84, y + 220],
            [s * 150, y + 190],
            [s * 176 * k, y + 100],
          ]),
          '#8b949c',
          24,
        ) +
        `<path d="${openPath([
          [s * 84, y + 220],
          [s * 150, y + 190],
          [s * 176 * k, y + 100],
        ])}" fill="none" stroke="#69727a" stroke-width="24" stroke-dasharray="4 10" stroke-opacity=".6"/>`,
    )
    .join('');
  const stripe = [-1, 1]
    .map((s) =>
      line(
        openPath([
          [s * 214 * k, y + 112],
          [s * 240 * k, y + 150],
          [s * 252 * k, y + 220],
        ]),
        '#c4452f',
        16,
      ),
    )
    .join('');
  const cy = head.eyeY + 4;
  const glass = defs.radial(
    [
      [0, '#ffffff', 0],
      [0.72, '#bfe4ff', 0.04],
      [0.9, '#a8d4ff', 0.2],
      [1, '#e6f4ff', 0.5],
    ],
    0.46,
    0.44,
    0.54,
  );
  const planet = defs.radial(
    [
      [0, '#bfe9ff', 0.85],
      [0.5, '#4f90c8', 0.75],
      [0.85, '#1d3f74', 0.55],
      [1, '#1d3f74', 0],
    ],
    0.34,
    0.3,
    0.75,
  );
  const dome =
    ellipse({ x: 0, y: cy, rx: 232, ry: 244 }, glass) +
    `<ellipse cx="0" cy="${n(cy)}" rx="232" ry="244" fill="none" stroke="#eef4f8" stroke-width="9" stroke-opacity=".9"/>` +
    ellipse({ x: 138, y: cy - 128, rx: 60, ry: 54, rotate: 34 }, planet) +
    line(
      openPath([
        [92, cy - 120],
        [136, cy - 142],
        [186, cy - 118],
      ]),
      '#ffffff',
      5,
      0.35,
    ) +
    line(
      openPath([
        [-200, cy - 20],
        [-182, cy - 110],
        [-116, cy - 188],
      ]),
      '#ffffff',
      18,
      0.62,
    ) +
    line(
      openPath([
        [-96, cy - 204],
        [-70, cy - 216],
      ]),
      '#ffffff',
      14,
      0.55,
    );
  return {
    behind: ellipse(
      { x: 0, y: cy, rx: 236, ry: 248 },
      defs.radial([
        [0, '#20304a', 0.5],
        [0.8, '#101a30', 0.72],
        [1, '#31435c', 0.9],
      ]),
    ),
    torso: cloth(sitting, torsoCurve(sitting, 36), color) + torsoShading(sitting, color) + stripe + hoses + panel,
    over:
      dome +
      metal(ring, '#b9c0c7') +
      line(
        openPath([
          [-150, y + 40],
          [0, y + 76],
          [150, y + 40],
        ]),
        '#e9eef2',
        9,
        0.8,
      ),
  };
}
