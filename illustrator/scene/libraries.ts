import { lighten, type Color } from '../drawing/color.ts';
import { n } from '../drawing/geometry.ts';
import { ellipse, glow, repeat } from '../drawing/svg.ts';
import { rect, sky, type Scene, type Stage, wall } from './stage.ts';

const SPINES = [
  '#7d3a2d',
  '#365144',
  '#94713a',
  '#43486a',
  '#b09464',
  '#653047',
  '#c8ac70',
  '#2f3f52',
  '#8a4f36',
] as const;

function shelves(stage: Stage, tones: readonly Color[], wood: Color): string {
  const { width: w, height: h, random } = stage;
  const rowHeight = 214;
  return repeat(Math.ceil(h / rowHeight), (row) => {
    let x = -30;
    let books = '';
    while (x < w + 20) {
      const thick = random.between(24, 44);
      const tall = random.between(112, 172);
      const tone = tones[Math.floor(random.next() * tones.length)] ?? wood;
      books +=
        rect(x, row * rowHeight + 186 - tall, thick - 3, tall, tone, 3) +
        rect(x + 4, row * rowHeight + 186 - tall + 22, thick - 11, 7, lighten(tone, 0.4));
      x += thick + (random.chance(0.07) ? 40 : 0);
    }
    return books + rect(-20, row * rowHeight + 186, w + 40, 26, wood);
  });
}

export const library = (stage: Stage): Scene => ({
  far: sky(stage, '#54361f', '#3a2415', '#20130b') + shelves(stage, SPINES, '#704d2e'),
  softness: 7,
  near:
    glow(stage.defs, { x: stage.width * 0.12, y: stage.height * 0.3, rx: 520, ry: 520 }, '#ffd58a', 0.75) +
    glow(stage.defs, { x: stage.width, y: stage.height, rx: 700, ry: 700 }, '#150a05', 0.6),
});

export function arcane(stage: Stage): Scene {
  const { width: w, height: h } = stage;
  const tones: readonly Color[] = ['#3c2a58', '#2a3660', '#4a3a2c', '#5a2c50', '#28304c', '#6a5334'];
  const cx = w / 2;
  const cy = h * 0.4;
  const glyphs = [
    'M-15 20V-20L15 0L-15 20',
    'M0 -22V22M-15 -10L0 -22L15 -10',
    'M-14 -20L14 20M14 -20L-14 20',
    'M-12 22V-22L14 -7L-12 6',
    'M-14 20L0 -20L14 20M-8 6H8',
    'M0 -22L14 0L0 22L-14 0Z',
  ];
  const circle = (r: number, width: number): string =>
    `<circle cx="${n(cx)}" cy="${n(cy)}" r="${r}" stroke-width="${width}"/>`;
  const runes = repeat(18, (i) => {
    const a = (i / 18) * Math.PI * 2;
    return `<path transform="translate(${n(cx + 402 * Math.cos(a))} ${n(cy + 402 * Math.sin(a))}) rotate(${n(i * 20 + 90)}) scale(.9)" d="${glyphs[i % glyphs.length]}"/>`;
  });
  const seal = circle(436, 5) + circle(368, 3.4) + circle(450, 2) + runes;
  const sparks = repeat(40, () =>
    ellipse(
      { x: stage.random.between(0, w), y: stage.random.between(0, h), rx: 2.6, ry: 2.6 },
      '#bfe8ff',
      stage.random.between(0.3, 0.9),
    ),
  );
  return {
    far:
      sky(stage, '#2b2456', '#1b1640', '#0e0a22') +
      shelves(stage, tones, '#33264a') +
      `<circle cx="${n(cx)}" cy="${n(cy)}" r="402" fill="none" stroke="#6fc4ff" stroke-width="84" stroke-opacity=".3"/>`,
    softness: 8,
    near:
      wall(
        stage,
        stage.defs.radial(
          [
            [0, '#5a6ad8', 0.55],
            [1, '#150f35', 0.55],
          ],
          0.5,
          0.4,
          0.6,
        ),
      ) +
      `<g fill="none" stroke="#d2f0ff" opacity=".9">${seal}</g>` +
      sparks,
  };
}
