import { darken, lighten, mix } from '../drawing/color.ts';
import { n, openPath, panelPath } from '../drawing/geometry.ts';
import { inkFor, type Sitting } from '../drawing/sitting.ts';
import { ellipse, fill, glow, line } from '../drawing/svg.ts';
import { BLOCK } from './block-eye.ts';

export function drawNose(sitting: Sitting): string {
  const { head, palette, person, manner, defs, turned } = sitting;
  const x = turned(31);
  const y = head.noseY;
  const side = person.turn >= 0 ? 1 : -1;
  const ink = manner.ink === 'black' ? palette.ink : palette.skinDeep;
  if (manner.blocks) return line(`M${n(x - BLOCK / 2)} ${n(y)}h${n(BLOCK)}`, palette.skinShade, BLOCK);
  if (manner.eyes === 'anime') {
    return line(
      openPath([
        [x - side * 2, y - 9],
        [x + side * 5, y],
        [x - side * 3, y + 2],
      ]),
      inkFor(sitting, palette.skin),
      3,
      0.75,
    );
  }
  const wide = 15 + person.face.noseWidth * 2.5 + (1 - person.feminine) * 3;
  if (manner.eyes === 'dot') {
    return fill(
      panelPath(
        [
          [x - side * 4, y - 34],
          [x + side * 13, y],
        ],
        [
          [x - side * 4, y - 34],
          [x - side * 10, y + 3],
        ],
      ),
      palette.skinShade,
      0.75,
    );
  }
  if (manner.shading === 'flat') {
    return (
      ellipse({ x, y: y - 6, rx: 19, ry: 17 }, lighten(palette.skin, 0.06)) +
      ellipse(
        { x, y: y - 6, rx: 19, ry: 17 },
        defs.radial(
          [
            [0, palette.skinLight, 0.35],
            [0.6, palette.skin, 0],
            [1, palette.skinShade, 0.9],
          ],
          0.4,
          0.35,
          0.7,
        ),
      )
    );
  }
  if (manner.shading === 'cel') {
    const bridge = openPath([
      [x - side * 8 - turned(8), head.eyeY + 8],
      [x - side * 4, y - 26],
      [x + side * 9, y - 5],
      [x + side * 3, y + 6],
    ]);
    return (
      line(bridge, ink, manner.ink === 'black' ? 4.4 : 2.6, 0.9) +
      line(
        openPath([
          [x - wide, y + 1],
          [x - wide + 5, y + 7],
          [x - 4, y + 6],
        ]),
        ink,
        manner.ink === 'black' ? 4 : 2.4,
        0.7,
      )
    );
  }
  const film = manner.eyes === 'film';
  const root = turned(15);
  const wing = (s: 1 | -1): string =>
    line(
      openPath([
        [x + s * (wide - 3), y - 11],
        [x + s * (wide + 2), y - 1],
        [x + s * (wide - 4), y + 6],
      ]),
      palette.skinDeep,
      2.4,
      film ? 0.28 : 0.42,
    ) +
    ellipse(
      { x: x + s * wide * 0.5, y: y + 5, rx: 5.4, ry: 2.6, rotate: s * -14 },
      darken(palette.skinDeep, 0.35),
      film ? 0.4 : 0.58,
    );
  return (
    // shaded flank, light on the ridge, ball and the shadow it casts on the lip
    glow(defs, { x: x + 15, y: y - 30, rx: 20, ry: 44, rotate: -8 }, palette.skinShade, 0.75) +
    glow(defs, { x: root + 18, y: head.eyeY - 12, rx: 15, ry: 30 }, palette.skinShade, 0.6) +
    glow(
      defs,
      { x: (x + root) / 2 - 3, y: y - 38, rx: 9, ry: 44, rotate: person.turn * -14 },
      palette.skinLight,
      0.55,
    ) +
    glow(defs, { x: x + 2, y: y + 13, rx: wide + 12, ry: 11 }, palette.skinDeep, 0.42) +
    glow(defs, { x, y: y - 8, rx: wide + 3, ry: 15 }, mix(palette.skin, palette.blush, 0.35), 0.7) +
    wing(-1) +
    wing(1) +
    line(
      openPath([
        [x - 6, y + 8],
        [x, y + 10],
        [x + 6, y + 8],
      ]),
      palette.skinDeep,
      2.2,
      0.35,
    ) +
    glow(defs, { x: x - 4, y: y - 11, rx: film ? 11 : 9, ry: film ? 8 : 7 }, '#ffffff', film ? 0.6 : 0.42)
  );
}
