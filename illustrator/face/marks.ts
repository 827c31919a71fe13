import { lighten, mix } from '../drawing/color.ts';
import { n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, glow, line, repeat } from '../drawing/svg.ts';
import { eyeCenter } from './eyes.ts';

/** What years and weather leave: lines of laughter, freckles, scars. Kept few, so that age reads kind. */
export function drawMarks(sitting: Sitting): string {
  const { person } = sitting;
  return (
    (person.worn.freckles === undefined ? '' : freckles(sitting)) +
    (person.worn.scar === undefined ? '' : scar(sitting)) +
    (person.ageYears >= 38 ? years(sitting) : '')
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

/** A healed cut over brow and cheek: a pale seam, crossed by its stitches, so that nobody takes it for a tear. */
function scar({ head, turned, palette, manner }: Sitting): string {
  const x = head.eyeGap + 14 + turned(16);
  const [top, low] = [head.eyeY - 74, head.cheekY + 44];
  const at = (p: number): readonly [number, number] => [x + 20 - p * 34, top + (low - top) * p];
  const cut: Curve = [at(0), at(0.35), at(0.7), at(1)];
  const stitches = [0.08, 0.26, 0.62, 0.78, 0.94]
    .map((p) => {
      const [sx, sy] = at(p);
      return line(`M${n(sx - 13)} ${n(sy - 5)}l26 10`, palette.skinDeep, manner.blocks ? 6 : 3.6, 0.85);
    })
    .join('');
  return (
    line(openPath(cut), palette.skinDeep, 10, 0.5) +
    line(openPath(cut), mix(lighten(palette.skin, 0.3), '#e9a3a0', 0.4), 5, 0.95) +
    stitches
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
