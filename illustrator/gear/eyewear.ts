import { n, openPath, type Point } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, fill, glow, line } from '../drawing/svg.ts';
import { eyeCenter } from '../face/eyes.ts';

export function drawEyewear(sitting: Sitting): string {
  const eyes = [eyeCenter(sitting, -1), eyeCenter(sitting, 1)] as const;
  const big = sitting.manner.eyes === 'anime' ? 1.26 : sitting.manner.eyes === 'film' ? 1.16 : 1;
  switch (sitting.person.eyewear) {
    case undefined:
      return '';
    case 'glasses':
    case 'sunglasses':
      return spectacles(sitting, eyes, big, sitting.person.eyewear === 'sunglasses');
    case 'goggles':
      return goggles(sitting);
    case 'visor':
      return visor(sitting);
    case 'eyepatch': {
      const [x, y] = eyes[1];
      return (
        line(
          openPath([
            [-sitting.head.brow, -84],
            [x - 20, y - 34],
            [sitting.head.brow, y + 10],
          ]),
          '#1d1a20',
          9,
        ) +
        fill(
          `M${n(x - 42)} ${n(y - 30)}Q${n(x)} ${n(y - 46)} ${n(x + 42)} ${n(y - 26)}Q${n(x + 42)} ${n(y + 34)} ${n(x)} ${n(y + 42)}Q${n(x - 42)} ${n(y + 34)} ${n(x - 42)} ${n(y - 30)}Z`,
          '#242028',
        )
      );
    }
    case 'monocle': {
      const [x, y] = eyes[0];
      return (
        `<circle cx="${n(x)}" cy="${n(y)}" r="${n(46 * big)}" fill="#ffffff" fill-opacity=".12" stroke="#c79a3a" stroke-width="6"/>` +
        line(
          openPath([
            [x - 40, y + 26],
            [x - 66, y + 120],
            [x - 50, y + 240],
          ]),
          '#c79a3a',
          3,
        )
      );
    }
  }
}

function spectacles(
  { random, head, defs, person }: Sitting,
  eyes: readonly [Point, Point],
  big: number,
  dark: boolean,
): string {
  const frames = random('frames');
  const round = frames.between(0.35, 1);
  const tone = person.eyewearColor ?? frames.pick(['#2a2430', '#5a3524', '#3c4658', '#1c1a20']);
  const w = 47 * big;
  const h = (40 + round * 4) * big;
  const r = h * (0.42 + round * 0.5);
  const lens = ([x, y]: Point): string =>
    `<rect x="${n(x - w)}" y="${n(y - h + 4)}" width="${n(w * 2)}" height="${n(h * 2)}" rx="${n(Math.min(w, r))}" fill="${
      dark
        ? defs.linear([
            [0, '#141418', 0.97],
            [1, '#3b3540', 0.9],
          ])
        : '#dff0fa'
    }"${dark ? '' : ' fill-opacity=".14"'} stroke="${tone}" stroke-width="7.5"/>` +
    line(
      `M${n(x - w * 0.55)} ${n(y + h * 0.28)}l${n(w * 0.42)} ${n(-h * 0.8)}`,
      '#ffffff',
      dark ? 8 : 6,
      dark ? 0.22 : 0.38,
    );
  const [[lx, ly], [rx, ry]] = eyes;
  const edge = head.brow - 2;
  return (
    line(
      openPath([
        [lx + w - 2, ly - 4],
        [(lx + rx) / 2, (ly + ry) / 2 - 13],
        [rx - w + 2, ry - 4],
      ]),
      tone,
      7,
    ) +
    line(
      openPath([
        [lx - w, ly - 8],
        [-edge, ly - 14],
      ]),
      tone,
      7,
    ) +
    line(
      openPath([
        [rx + w, ry - 8],
        [edge, ry - 14],
      ]),
      tone,
      7,
    ) +
    lens(eyes[0]) +
    lens(eyes[1])
  );
}

/** Worn on the forehead, so that the face stays to be seen. */
function goggles({ head, defs, turned }: Sitting): string {
  const y = head.crownY + 84;
  const t = turned(12);
  const glass = defs.linear(
    [
      [0, '#ffe6a6'],
      [0.5, '#d9812a'],
      [1, '#542413'],
    ],
    0,
    0,
    1,
    1,
  );
  const cup = (s: 1 | -1): string => {
    const x = s * 56 + t;
    return (
      ellipse({ x, y, rx: 62, ry: 48 }, '#2b211b') +
      ellipse({ x, y, rx: 57, ry: 43 }, '#7a5a3c') +
      ellipse({ x, y, rx: 46, ry: 34 }, '#2b211b') +
      ellipse({ x, y, rx: 42, ry: 30 }, glass) +
      line(
        openPath([
          [x - 28, y - 4],
          [x - 16, y - 18],
          [x + 6, y - 22],
        ]),
        '#ffffff',
        6,
        0.75,
      )
    );
  };
  return (
    line(
      openPath([
        [-head.temple - 16, y + 26],
        [t, y - 4],
        [head.temple + 16, y + 26],
      ]),
      '#33271f',
      40,
    ) +
    line(
      openPath([
        [-head.temple - 16, y + 22],
        [t, y - 8],
        [head.temple + 16, y + 22],
      ]),
      '#4f3d2f',
      22,
    ) +
    cup(-1) +
    cup(1) +
    fill(`M${n(t - 10)} ${n(y - 10)}h20v18h-20Z`, '#2b211b')
  );
}

function visor({ head, defs, turned }: Sitting): string {
  const t = turned(16);
  const y = head.eyeY;
  const w = head.brow + 16;
  const band = `M${n(-w)} ${n(y - 40)}Q${n(t)} ${n(y - 62)} ${n(w)} ${n(y - 40)}L${n(w - 4)} ${n(y + 26)}Q${n(t + 60)} ${n(y + 48)} ${n(t + 14)} ${n(y + 30)}Q${n(t)} ${n(y + 24)} ${n(t - 14)} ${n(y + 30)}Q${n(t - 60)} ${n(y + 48)} ${n(-w + 4)} ${n(y + 26)}Z`;
  const glass = defs.linear(
    [
      [0, '#22f0ff', 0.5],
      [0.5, '#6a7dff', 0.32],
      [1, '#ff3fb0', 0.5],
    ],
    0,
    0,
    1,
    0,
  );
  return (
    glow(defs, { x: t, y, rx: w + 50, ry: 90 }, '#4fd8ff', 0.28) +
    fill(band, glass) +
    line(
      openPath([
        [-w, y - 38],
        [t, y - 51],
        [w, y - 38],
      ]),
      '#0e1018',
      9,
    ) +
    line(
      openPath([
        [-w + 4, y - 32],
        [t, y - 45],
        [w - 4, y - 32],
      ]),
      '#8ff8ff',
      4,
    ) +
    line(
      openPath([
        [-w + 26, y + 8],
        [-w + 60, y - 22],
        [-w + 84, y - 30],
      ]),
      '#ffffff',
      7,
      0.45,
    ) +
    line(`M${n(t + 58)} ${n(y - 22)}h30m-22 10h22m-12 10h12`, '#ffd9f2', 3.4, 0.75)
  );
}
