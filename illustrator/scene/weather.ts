import { n } from '../drawing/geometry.ts';
import { ellipse, glow, line, repeat } from '../drawing/svg.ts';
import type { Weather } from './scene-names.ts';
import { rect, type Stage } from './stage.ts';

/** Weather between the set and the sitter. */
export function drawWeather(weather: Weather, stage: Stage): string {
  return DRAW[weather](stage);
}

const DRAW: Readonly<Record<Weather, (stage: Stage) => string>> = {
  rain: (stage) => rect(-20, -20, stage.width + 40, stage.height + 40, '#3d4f66', 0, 0.34) + drops(stage, 120),
  snow: ({ width, height, random }) =>
    repeat(130, () => {
      const r = random.between(3, 11);
      return ellipse(
        { x: random.between(0, width), y: random.between(0, height), rx: r, ry: r },
        '#ffffff',
        random.between(0.65, 1),
      );
    }),
  fog: ({ width, height, defs, random }) =>
    rect(-20, -20, width + 40, height + 40, '#dfe5e8', 0, 0.42) +
    repeat(9, (i) =>
      glow(defs, { x: random.between(0, width), y: height * (0.2 + i * 0.09), rx: 420, ry: 90 }, '#f2f5f6', 0.8),
    ),
  storm: (stage) =>
    rect(-20, -20, stage.width + 40, stage.height + 40, '#1b2236', 0, 0.62) +
    clouds(stage) +
    bolt(stage.width * 0.16, stage.height * 0.06) +
    bolt(stage.width * 0.86, stage.height * 0.02) +
    drops(stage, 60),
  sun: ({ width, height, defs }) =>
    glow(defs, { x: width * 0.84, y: height * 0.12, rx: 560, ry: 560 }, '#fff0b8', 0.85) +
    repeat(9, (i) => {
      const a = 0.5 + i * 0.27;
      const [x, y] = [width * 0.84, height * 0.12];
      return line(
        `M${n(x + Math.cos(a) * 120)} ${n(y + Math.sin(a) * 120)}L${n(x + Math.cos(a) * 230)} ${n(y + Math.sin(a) * 230)}`,
        '#fff6d4',
        14,
        0.6,
      );
    }) +
    ellipse({ x: width * 0.84, y: height * 0.12, rx: 92, ry: 92 }, '#ffe58a'),
};

const drops = ({ width, height, random }: Stage, count: number): string =>
  repeat(count, () => {
    const length = random.between(34, 80);
    return line(
      `M${n(random.between(-20, width))} ${n(random.between(-40, height))}l${n(-length * 0.24)} ${n(length)}`,
      '#dcecf6',
      random.between(2, 4.4),
      random.between(0.4, 0.8),
    );
  });

const clouds = ({ width, random }: Stage): string =>
  repeat(14, () =>
    ellipse(
      {
        x: random.between(0, width),
        y: random.between(-30, 90),
        rx: random.between(120, 240),
        ry: random.between(50, 96),
      },
      '#2c3348',
      0.8,
    ),
  );

function bolt(x: number, y: number): string {
  const d = `M${n(x)} ${n(y)}l-34 130l48 -14l-46 142l30 -8l-52 150`;
  return line(d, '#8fb4ff', 22, 0.4) + line(d, '#f4f8ff', 8);
}
