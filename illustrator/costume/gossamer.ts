import { lighten, mix, type Color } from '../drawing/color.ts';
import { closedPath, n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { fill, glow, line, repeat } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY, torsoCurve, torsoShading } from './cloth.ts';
import type { Dress } from './dress.ts';

export function gossamer(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const silk = closedPath([
    [-shoulder - 30, y + 140],
    [-150 * k, y + 92],
    [-70 * k, y + 124],
    [0, y + 168],
    [70 * k, y + 124],
    [150 * k, y + 92],
    [shoulder + 30, y + 140],
    [shoulder + 60, y + 400],
    [shoulder + 60, y + 1300],
    [-shoulder - 60, y + 1300],
    [-shoulder - 60, y + 400],
  ]);
  const { palette } = sitting;
  const skin = cloth(sitting, torsoCurve(sitting), palette.skin);
  const shine =
    sitting.manner.shading === 'soft'
      ? glow(sitting.defs, { x: -90 * k, y: y + 170, rx: 120, ry: 60, rotate: 20 }, lighten(color, 0.6), 0.6)
      : '';
  const leaves = repeat(7, (i) => {
    const t = (i / 6) * 2 - 1;
    const x = t * 150 * k;
    const ly = y + 162 - Math.abs(t) * 66;
    return `<path transform="translate(${n(x)} ${n(ly)}) rotate(${n(t * -40)})" d="M0 -24Q20 0 0 30Q-20 0 0 -24Z" fill="${mix(color, '#dff2e4', 0.55)}"/>`;
  });
  const gem =
    line(
      openPath([
        [-neck - 4, y - 10],
        [0, y + 56],
        [neck + 4, y - 10],
      ]),
      '#efe6ff',
      3,
      0.9,
    ) + fill(`M0 ${n(y + 52)}L13 ${n(y + 72)}L0 ${n(y + 98)}L-13 ${n(y + 72)}Z`, '#9fe0ff');
  return {
    behind: wings(sitting, color),
    torso: skin + torsoShading(sitting, palette.skin) + cloth(sitting, silk, color) + shine + leaves + gem,
  };
}

function wings({ defs, manner }: Sitting, color: Color): string {
  const glass = defs.linear(
    [
      [0, '#f6fbff', 0.85],
      [0.5, lighten(color, 0.5), 0.5],
      [1, '#9fe8ff', 0.35],
    ],
    0,
    0,
    1,
    1,
  );
  const veins = mix('#ffffff', color, 0.2);
  const upper = (s: 1 | -1): Curve => [
    [s * 40, 250],
    [s * 150, 40],
    [s * 330, -190],
    [s * 440, -230],
    [s * 456, -120],
    [s * 400, 60],
    [s * 250, 230],
  ];
  const lower = (s: 1 | -1): Curve => [
    [s * 40, 270],
    [s * 230, 250],
    [s * 390, 300],
    [s * 420, 400],
    [s * 330, 500],
    [s * 180, 440],
  ];
  return ([-1, 1] as const)
    .map((s) => {
      const vein = [
        [440, -220],
        [450, -110],
        [395, 60],
      ]
        .map(([x = 0, y = 0]) =>
          line(`M${n(s * 50)} 250Q${n(s * x * 0.5)} ${n(y * 0.3 + 90)} ${n(s * x)} ${n(y)}`, veins, 3, 0.7),
        )
        .join('');
      const edge = manner.lineWidth || 3;
      return (
        [lower(s), upper(s)].map((c) => fill(closedPath(c), glass) + line(closedPath(c), veins, edge, 0.85)).join('') +
        vein
      );
    })
    .join('');
}
