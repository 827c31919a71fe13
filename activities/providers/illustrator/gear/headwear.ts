import { darken, lighten, mix, shade, type Colour } from '../drawing/colour.ts';
import { closedPath, n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, fill, line, repeat } from '../drawing/svg.ts';
import { cloth, neckY } from '../costume/cloth.ts';

/** What is worn on the head: behind everything, and over the hair. */
export interface Headwear {
  readonly behind: string;
  readonly front: string;
}

const NONE: Headwear = { behind: '', front: '' };

export function drawHeadwear(sitting: Sitting): Headwear {
  switch (sitting.person.hat) {
    case undefined:
      return NONE;
    case 'fedora':
      return fedora(
        sitting,
        sitting.person.costume === 'trench' ? '#4a423a' : mix(sitting.person.cloth, '#3a342f', 0.4),
      );
    case 'beanie':
      return beanie(sitting, mix(sitting.person.cloth, '#b5483a', 0.5));
    case 'cap':
      return cap(sitting, mix(sitting.person.cloth, '#2f5f9a', 0.4));
    case 'wizard':
      return wizard(sitting, sitting.person.cloth);
    case 'crown':
      return { behind: '', front: crown(sitting) };
    case 'flowers':
      return { behind: '', front: flowers(sitting) };
    case 'hijab':
      return hijab(sitting, mix(sitting.person.cloth, '#e9ddcc', 0.25));
    case 'headphones':
      return { behind: '', front: headphones(sitting) };
    case 'hood':
      return hood(sitting, sitting.person.cloth);
  }
}

function fedora(sitting: Sitting, felt: Colour): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const w = head.temple;
  const y = head.crownY + 72;
  const brim: Curve = [
    [-w - 96, y + 4],
    [-w - 20, y - 26],
    [t, y - 40],
    [w + 20, y - 26],
    [w + 96, y + 4],
    [w + 40, y + 34],
    [t, y + 22],
    [-w - 40, y + 34],
  ];
  const top: Curve = [
    [-w - 6, y - 14],
    [-w + 6, y - 110],
    [-w * 0.52, y - 168],
    [t - 10, y - 146],
    [w * 0.56, y - 170],
    [w - 4, y - 110],
    [w + 6, y - 14],
    [t, y - 2],
  ];
  const band: Curve = [
    [-w - 7, y - 52],
    [t, y - 42],
    [w + 7, y - 52],
    [w + 8, y - 12],
    [t, y + 2],
    [-w - 8, y - 12],
  ];
  const crease = line(
    openPath([
      [t - 12, y - 146],
      [t - 4, y - 110],
      [t - 16, y - 74],
    ]),
    shade(felt, 0.7),
    7,
    0.5,
  );
  return {
    behind: '',
    front:
      cloth(sitting, top, felt) +
      crease +
      cloth(sitting, band, darken(felt, 0.55), { fine: true }) +
      cloth(sitting, brim, lighten(felt, 0.06)) +
      line(
        openPath([
          [-w - 30, y + 28],
          [t, y + 19],
          [w + 30, y + 28],
        ]),
        darken(felt, 0.5),
        5,
        0.5,
      ),
  };
}

function beanie(sitting: Sitting, wool: Colour): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const w = head.temple + 14;
  const y = head.crownY + 84;
  const dome: Curve = [
    [-w, y],
    [-w + 6, y - 86],
    [-w * 0.5, y - 142],
    [t, y - 156],
    [w * 0.5, y - 142],
    [w - 6, y - 86],
    [w, y],
    [t, y - 16],
  ];
  const fold: Curve = [
    [-w - 4, y - 34],
    [t, y - 54],
    [w + 4, y - 34],
    [w + 6, y + 16],
    [t, y - 4],
    [-w - 6, y + 16],
  ];
  const ribs = repeat(13, (i) =>
    line(
      `M${n((i - 6) * w * 0.155)} ${n(y - 48 + Math.abs(i - 6) * 2)}l${n((i - 6) * 0.6)} 44`,
      shade(wool, 0.6),
      4,
      0.35,
    ),
  );
  return {
    behind: ellipse({ x: t, y: y - 164, rx: 34, ry: 32 }, lighten(wool, 0.3)),
    front: cloth(sitting, dome, wool) + cloth(sitting, fold, lighten(wool, 0.12)) + ribs,
  };
}

function cap(sitting: Sitting, colour: Colour): Headwear {
  const { head, turned } = sitting;
  const t = turned(10);
  const w = head.temple + 10;
  const y = head.crownY + 82;
  const dome: Curve = [
    [-w, y],
    [-w + 8, y - 84],
    [-w * 0.5, y - 132],
    [t, y - 144],
    [w * 0.5, y - 132],
    [w - 8, y - 84],
    [w, y],
    [t, y - 22],
  ];
  const peak: Curve = [
    [-w + 12, y - 8],
    [t, y - 34],
    [w - 12, y - 8],
    [w + 14 + t, y + 34],
    [t * 2, y + 16],
    [-w - 14 + t, y + 34],
  ];
  return {
    behind: '',
    front:
      cloth(sitting, dome, colour) +
      line(
        openPath([
          [t, y - 142],
          [t + 4, y - 80],
          [t + 2, y - 28],
        ]),
        shade(colour, 0.6),
        3.4,
        0.5,
      ) +
      ellipse({ x: t, y: y - 144, rx: 10, ry: 7 }, shade(colour, 0.4)) +
      cloth(sitting, peak, shade(colour, 0.2)),
  };
}

function wizard(sitting: Sitting, colour: Colour): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const w = head.temple;
  const y = head.crownY + 74;
  const cone: Curve = [
    [-w - 4, y - 6],
    [-w * 0.62, y - 130],
    [-20, y - 236],
    [70, y - 262],
    [40, y - 210],
    [w * 0.7, y - 110],
    [w + 4, y - 6],
    [t, y + 8],
  ];
  const brim: Curve = [
    [-w - 104, y + 22],
    [-w - 10, y - 24],
    [t, y - 30],
    [w + 10, y - 24],
    [w + 104, y + 22],
    [w + 30, y + 40],
    [t, y + 28],
    [-w - 30, y + 40],
  ];
  return {
    behind: '',
    front:
      cloth(sitting, cone, colour) +
      line(
        openPath([
          [-w - 3, y - 30],
          [t, y - 14],
          [w + 3, y - 30],
        ]),
        '#d0a23f',
        15,
      ) +
      cloth(sitting, brim, lighten(colour, 0.08)),
  };
}

function crown({ head, turned }: Sitting): string {
  const t = turned(8);
  const w = head.temple - 8;
  const y = head.crownY + 44;
  const points = [-1, -0.5, 0, 0.5, 1];
  const teeth = points
    .map(
      (p, i) =>
        `L${n(p * w + t)} ${n(y - (i % 2 ? 70 : 92) + Math.abs(p) * 14)}${i < 4 ? `L${n((p + 0.25) * w + t)} ${n(y - 32 + Math.abs(p + 0.25) * 8)}` : ''}`,
    )
    .join('');
  const body = `M${n(-w + t)} ${n(y + 18)}${teeth}L${n(w + t)} ${n(y + 18)}Q${n(t)} ${n(y - 10)} ${n(-w + t)} ${n(y + 18)}Z`;
  const gems = points
    .map((p, i) =>
      ellipse(
        { x: p * w * 0.86 + t, y: y - 8 + Math.abs(p) * 14, rx: 9, ry: 10 },
        ['#c2384a', '#3f8fd0', '#c2384a', '#3f8fd0', '#c2384a'][i] ?? '#c2384a',
      ),
    )
    .join('');
  return fill(body, '#d9ac42') + line(body, '#8a6420', 4) + gems;
}

function flowers({ head, turned, random }: Sitting): string {
  const stream = random('flowers');
  return repeat(9, (i) => {
    const a = Math.PI * (1.08 + (0.84 * i) / 8);
    const x = Math.cos(a) * (head.temple + 10) + turned(6);
    const y = head.crownY + 108 + Math.sin(a) * 104;
    const tone = stream.pick(['#f4b8c8', '#fff2dc', '#c7a6e6', '#f6d27a']);
    const petals = repeat(5, (k) =>
      ellipse({ x, y: y - 13, rx: 9, ry: 13 }, tone).replace('/>', ` transform="rotate(${k * 72} ${n(x)} ${n(y)})"/>`),
    );
    return (
      fill(`M${n(x - 22)} ${n(y + 6)}q14 -16 30 0q-14 14 -30 0Z`, '#5f8a58') +
      petals +
      ellipse({ x, y, rx: 6, ry: 6 }, '#e6b34a')
    );
  });
}

function hijab(sitting: Sitting, colour: Colour): Headwear {
  const { head, turned, defs } = sitting;
  const y = neckY(sitting);
  const t = turned(9);
  const outer: Curve = [
    [t * 0.4, head.crownY - 34],
    [-118, head.crownY + 6],
    [-160, -60],
    [-160, 60],
    [-140, y - 10],
    [-180, y + 90],
    [0, y + 170],
    [180, y + 90],
    [140, y - 10],
    [160, 60],
    [160, -60],
    [118, head.crownY + 6],
  ];
  const opening = `M${n(t)} ${n(head.crownY + 66)}C${n(-92 + t)} ${n(head.crownY + 66)} ${n(-head.cheek + 4 + t)} -40 ${n(-head.cheek + 12 + t)} 40C${n(-head.jaw + 6 + t)} 110 ${n(-60 + t)} ${n(head.chinY + 4)} ${n(t * 1.5)} ${n(head.chinY + 8)}C${n(60 + t)} ${n(head.chinY + 4)} ${n(head.jaw - 6 + t)} 110 ${n(head.cheek - 12 + t)} 40C${n(head.cheek - 4 + t)} -40 ${n(92 + t)} ${n(head.crownY + 66)} ${n(t)} ${n(head.crownY + 66)}Z`;
  const ring = `<path fill-rule="evenodd" d="${closedPath(outer)}${opening}" fill="${
    sitting.manner.shading === 'soft'
      ? defs.linear(
          [
            [0, lighten(colour, 0.14)],
            [0.5, colour],
            [1, shade(colour, 0.5)],
          ],
          0,
          0,
          1,
          1,
        )
      : colour
  }"/>`;
  const folds = [
    [-150, 0.5],
    [-120, 0.7],
    [120, 0.6],
  ]
    .map(([x = 0, o = 0]) =>
      line(
        openPath([
          [x * 0.6, head.crownY + 20],
          [x, -20],
          [x * 0.92, 110],
          [x * 0.3, y + 60],
        ]),
        shade(colour, 0.6),
        4.5,
        o * 0.6,
      ),
    )
    .join('');
  const edge =
    line(opening, shade(colour, 0.55), sitting.manner.lineWidth || 4, 0.8) +
    (sitting.manner.lineWidth ? line(closedPath(outer), shade(colour, 0.85), sitting.manner.lineWidth) : '');
  const wrap = line(
    openPath([
      [-132, y - 22],
      [-20, y + 44],
      [138, y - 8],
    ]),
    shade(colour, 0.6),
    5,
    0.5,
  );
  return { behind: '', front: ring + folds + wrap + edge };
}

function headphones({ head, turned, person }: Sitting): string {
  const w = head.brow + 8;
  const arc = openPath([
    [-w, head.eyeY],
    [-w + 4, head.crownY + 80],
    [turned(4), head.crownY - 40],
    [w - 4, head.crownY + 80],
    [w, head.eyeY],
  ]);
  const cup = (s: 1 | -1): string =>
    ellipse({ x: s * (w + 4), y: head.eyeY + 22, rx: 30, ry: 46 }, '#23242c') +
    ellipse({ x: s * (w + 12), y: head.eyeY + 22, rx: 20, ry: 36 }, mix(person.cloth, '#ffffff', 0.15)) +
    ellipse({ x: s * (w + 14), y: head.eyeY + 22, rx: 9, ry: 18 }, '#ffffff', 0.35);
  return line(arc, '#23242c', 24) + line(arc, '#4a4c58', 12) + cup(-1) + cup(1);
}

function hood(sitting: Sitting, colour: Colour): Headwear {
  const { head, turned } = sitting;
  const y = neckY(sitting);
  const t = turned(7);
  const back: Curve = [
    [t * 0.3, head.crownY - 84],
    [-150, head.crownY - 10],
    [-206, 0],
    [-196, 150],
    [-150, y + 40],
    [150, y + 40],
    [196, 150],
    [206, 0],
    [150, head.crownY - 10],
  ];
  const rim = (s: 1 | -1): Curve => [
    [t * 0.4, head.crownY - 88],
    [s * 118, head.crownY - 46],
    [s * 196, -70],
    [s * 214, 60],
    [s * 186, 190],
    [s * 120, y + 58],
    [s * 62, y + 40],
    [s * 128, 180],
    [s * 164, 60],
    [s * 152, -70],
    [s * 96, head.crownY - 2],
    [t * 0.6, head.crownY - 38],
  ];
  const stitch = (s: 1 | -1): string =>
    `<path d="${openPath([
      [s * 102, head.crownY - 12],
      [s * 162, -66],
      [s * 174, 60],
      [s * 138, 184],
    ])}" fill="none" stroke="${lighten(colour, 0.4)}" stroke-width="3.4" stroke-dasharray="11 9" opacity=".7"/>`;
  return {
    behind: cloth(sitting, back, shade(colour, 0.8)),
    front:
      cloth(sitting, rim(-1), lighten(colour, 0.1)) +
      cloth(sitting, rim(1), shade(colour, 0.16)) +
      stitch(-1) +
      stitch(1),
  };
}
