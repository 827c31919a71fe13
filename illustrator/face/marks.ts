import { lighten } from '../drawing/color.ts';
import { n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, glow, line, repeat } from '../drawing/svg.ts';
import { eyeCenter } from './eyes.ts';

/** What years and weather leave: lines of laughter, freckles, scars. Kept few, so that age reads kind. */
export function drawMarks(sitting: Sitting): string {
  const { person } = sitting;
  return (
    (person.freckles ? freckles(sitting) : '') +
    (person.scar ? scar(sitting) : '') +
    (person.ageYears >= 40 ? years(sitting) : '')
  );
}

function freckles(sitting: Sitting): string {
  const random = sitting.random('freckle places');
  const { head, turned, palette } = sitting;
  return repeat(26, () => {
    const x = random.between(-86, 86) + turned(20);
    const y = head.cheekY - 6 + random.between(-14, 22) - Math.abs(x) * 0.06;
    return ellipse({ x, y, rx: random.between(1.7, 3), ry: random.between(1.5, 2.6) }, palette.skinDeep, 0.42);
  });
}

function scar({ head, turned, palette }: Sitting): string {
  const x = head.eyeGap + 22 + turned(16);
  return (
    line(
      openPath([
        [x - 2, -66],
        [x + 4, -14],
        [x - 6, 62],
      ]),
      palette.skinDeep,
      7,
      0.35,
    ) +
    line(
      openPath([
        [x - 2, -66],
        [x + 4, -14],
        [x - 6, 62],
      ]),
      lighten(palette.skin, 0.35),
      3.6,
      0.9,
    )
  );
}

function years(sitting: Sitting): string {
  const { person, head, turned, palette, manner, defs } = sitting;
  const strength = Math.min(1, (person.ageYears - 34) / 34) * (manner.eyes === 'anime' ? 0.6 : 1);
  const width = manner.shading === 'soft' ? 3.2 : 2.6;
  const crease = (curve: Curve, share = 1): string =>
    line(openPath(curve), palette.skinDeep, width, 0.5 * strength * share);
  const smileLines = ([-1, 1] as const)
    .map((s) =>
      crease(
        [
          [s * 31 + turned(28), head.noseY - 4],
          [s * 49 + turned(24), head.noseY + 22],
          [s * 54 + turned(22), head.mouthY + 2],
        ],
        0.95,
      ),
    )
    .join('');
  const eyes = ([-1, 1] as const)
    .map((s) => {
      const [x, y] = eyeCenter(sitting, s);
      const under = crease(
        [
          [x - s * 24, y + 23],
          [x, y + 29],
          [x + s * 26, y + 21],
        ],
        0.7,
      );
      const rays =
        person.ageYears >= 50
          ? [-7, 3, 12]
              .map((dy) =>
                line(
                  `M${n(x + s * 42)} ${n(y + dy * 0.6)}l${n(s * 15)} ${n(dy * 0.7)}`,
                  palette.skinDeep,
                  2.4,
                  0.42 * strength,
                ),
              )
              .join('')
          : '';
      return under + rays;
    })
    .join('');
  const brow =
    person.ageYears >= 50
      ? [-92, -112]
          .map((y, i) =>
            crease(
              [
                [-52 + i * 8 + turned(14), y + 3],
                [turned(14), y - 3],
                [52 - i * 8 + turned(14), y + 3],
              ],
              0.6,
            ),
          )
          .join('')
      : '';
  const cheeks =
    manner.shading === 'soft' && person.ageYears >= 50
      ? [-1, 1]
          .map((s) =>
            glow(
              defs,
              { x: s * 74 + turned(14), y: head.jawY - 12, rx: 22, ry: 44, rotate: s * 14 },
              palette.skinDeep,
              0.3 * strength,
            ),
          )
          .join('')
      : '';
  return cheeks + smileLines + eyes + brow;
}
