import { darken, lighten, mix, shade, type Colour } from '../drawing/colour.ts';
import { closedPath, mirrored, n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, fill, glow, line, repeat } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY, torsoCurve, torsoShading } from './cloth.ts';
import type { Dress } from './dress.ts';

/** A standing collar, open in front. */
function standingCollar(sitting: Sitting, colour: Colour, height: number): string {
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
  return cloth(sitting, mirrored(right), lighten(colour, 0.1)) + cloth(sitting, right, lighten(colour, 0.02));
}

export function flight(sitting: Sitting, colour: Colour): Dress {
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
    line(`M0 ${n(y + 62)}V${n(y + 1300)}`, shade(colour, 0.8), 10) +
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
      cloth(sitting, torsoCurve(sitting, 10), colour) +
      torsoShading(sitting, colour) +
      zip +
      harness +
      patch +
      tag +
      standingCollar(sitting, shade(colour, 0.2), 44),
  };
}

export function spacesuit(sitting: Sitting, colour: Colour): Dress {
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
  const metal = (curve: Curve, tone: Colour): string =>
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
        ])}" fill="none" stroke="#69727a" stroke-width="24" stroke-dasharray="4 10" opacity=".6"/>`,
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
    `<ellipse cx="0" cy="${n(cy)}" rx="232" ry="244" fill="none" stroke="#eef4f8" stroke-width="9" opacity=".9"/>` +
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
    torso: cloth(sitting, torsoCurve(sitting, 36), colour) + torsoShading(sitting, colour) + stripe + hoses + panel,
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

export function android(sitting: Sitting, colour: Colour): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const { defs, head, turned } = sitting;
  const seam: Colour = '#9aa7b4';
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
  const plate = (curve: Curve, tone: Colour): string =>
    cloth(sitting, curve, tone) + line(closedPath(curve), seam, sitting.manner.lineWidth || 3, 0.8);
  const chest =
    plate(
      [
        [-148 * k, y + 48],
        [-20, y + 70],
        [-20, y + 320],
        [-130 * k, y + 300],
      ],
      lighten(colour, 0.3),
    ) +
    plate(
      [
        [148 * k, y + 48],
        [20, y + 70],
        [20, y + 320],
        [130 * k, y + 300],
      ],
      colour,
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
        s < 0 ? lighten(colour, 0.4) : colour,
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
        ellipse({ x: s * (head.brow + 4), y: head.eyeY + 18, rx: 24, ry: 34 }, mix(colour, '#7f8d9a', 0.35)) +
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

export function techwear(sitting: Sitting, colour: Colour): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const { defs } = sitting;
  const neon = (curve: Curve, tone: Colour): string =>
    line(openPath(curve), tone, 15, 0.22) +
    line(openPath(curve), tone, 6) +
    line(openPath(curve), lighten(tone, 0.7), 2);
  const cyan: Colour = '#28e6f2';
  const magenta: Colour = '#ff3fb0';
  const collar: Curve = [
    [-neck - 14, y - 74],
    [0, y - 40],
    [neck + 30, y - 86],
    [neck + 52, y + 6],
    [40, y + 84],
    [0, y + 92],
    [-40, y + 80],
    [-neck - 46, y + 6],
  ];
  const strap =
    line(
      openPath([
        [-150 * k, y + 52],
        [-40, y + 220],
        [90 * k, y + 420],
        [140 * k, y + 1200],
      ]),
      '#0f1016',
      34,
    ) +
    line(
      openPath([
        [-150 * k, y + 52],
        [-40, y + 220],
        [90 * k, y + 420],
      ]),
      '#3a3d4a',
      24,
    ) +
    fill(`M-66 ${n(y + 170)}l44 -22l20 40l-44 22Z`, '#9aa0ad');
  const pads = [-1, 1]
    .map((s) =>
      cloth(
        sitting,
        [
          [s * 140 * k, y + 38],
          [s * 206 * k, y + 48],
          [s * 250 * k, y + 124],
          [s * 244 * k, y + 190],
          [s * 176 * k, y + 130],
        ],
        lighten(colour, 0.14),
      ),
    )
    .join('');
  return {
    torso:
      cloth(sitting, torsoCurve(sitting, 10), colour) +
      torsoShading(sitting, colour) +
      pads +
      strap +
      neon(
        [
          [-206 * k, y + 60],
          [-238 * k, y + 124],
          [-234 * k, y + 186],
        ],
        cyan,
      ) +
      neon(
        [
          [206 * k, y + 60],
          [238 * k, y + 124],
          [234 * k, y + 186],
        ],
        magenta,
      ) +
      glow(defs, { x: 120 * k, y: y + 210, rx: 40, ry: 40 }, cyan, 0.6) +
      line(`M${n(104 * k)} ${n(y + 200)}h34m-34 14h22m-22 14h30`, cyan, 5) +
      cloth(sitting, collar, lighten(colour, 0.1)) +
      neon(
        [
          [-neck - 14, y - 70],
          [0, y - 36],
          [neck + 30, y - 82],
        ],
        magenta,
      ) +
      neon(
        [
          [0, y + 20],
          [2, y + 80],
          [2, y + 300],
          [2, y + 1200],
        ],
        cyan,
      ),
  };
}

export function scout(sitting: Sitting, colour: Colour): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const wrapTone: Colour = '#a8432f';
  const wrap: Curve = [
    [-neck - 34, y - 52],
    [0, y - 26],
    [neck + 34, y - 52],
    [neck + 70, y + 10],
    [70, y + 92],
    [10, y + 172],
    [-50, y + 100],
    [-neck - 70, y + 10],
  ];
  const folds = [
    [-8, 26],
    [22, 64],
    [52, 104],
  ]
    .map(([a = 0, b = 0]) =>
      line(
        openPath([
          [-neck - 24, y + a],
          [0, y + b],
          [neck + 30, y + a - 6],
        ]),
        shade(wrapTone, 0.7),
        5,
        0.55,
      ),
    )
    .join('');
  const strap =
    line(
      openPath([
        [176 * k, y + 44],
        [40, y + 230],
        [-90 * k, y + 420],
        [-130 * k, y + 1200],
      ]),
      '#3a2a1f',
      34,
    ) +
    line(
      openPath([
        [176 * k, y + 44],
        [40, y + 230],
        [-90 * k, y + 420],
      ]),
      '#6a4c34',
      24,
    ) +
    fill(`M62 ${n(y + 164)}l34 26l-26 34l-34 -26Z`, '#c0a060');
  const patches =
    cloth(
      sitting,
      [
        [-214 * k, y + 84],
        [-160 * k, y + 74],
        [-150 * k, y + 146],
        [-206 * k, y + 158],
      ],
      darken(colour, 0.25),
      { fine: true },
    ) + repeat(4, (i) => line(`M${n(-214 * k + i * 18)} ${n(y + 80)}l2 12`, '#d8c49a', 3.4, 0.8));
  return {
    torso:
      cloth(sitting, torsoCurve(sitting, 10), colour) +
      torsoShading(sitting, colour) +
      patches +
      strap +
      cloth(sitting, wrap, wrapTone) +
      folds,
  };
}
