import { n } from '../drawing/geometry.ts';
import { ellipse, glow, repeat } from '../drawing/svg.ts';
import { ridge } from './horizon.ts';
import { sky, type Scene, type Stage } from './stage.ts';

export function moonlit(stage: Stage): Scene {
  const { width: w, height: h, random } = stage;
  const stars = repeat(90, () =>
    ellipse(
      {
        x: random.between(0, w),
        y: random.between(0, h * 0.8),
        rx: random.between(0.9, 3),
        ry: random.between(0.9, 3),
      },
      '#eceaff',
      random.between(0.4, 1),
    ),
  );
  const flower = (x: number, y: number, s: number): string =>
    repeat(
      6,
      (k) =>
        `<ellipse cx="${n(x)}" cy="${n(y - 22 * s)}" rx="${n(12 * s)}" ry="${n(22 * s)}" fill="${k % 2 ? '#e3ddff' : '#f8f5ff'}" transform="rotate(${k * 60} ${n(x)} ${n(y)})"/>`,
    ) + ellipse({ x, y, rx: 9 * s, ry: 9 * s }, '#ffe9a6');
  const bed = repeat(26, (i) =>
    flower(
      i % 2 ? random.between(-10, w * 0.24) : random.between(w * 0.76, w + 10),
      random.between(h * 0.72, h),
      random.between(0.8, 1.7),
    ),
  );
  return {
    far:
      sky(stage, '#2b2a66', '#3d3a80', '#171a3c') +
      stars +
      glow(stage.defs, { x: w * 0.78, y: h * 0.18, rx: 330, ry: 330 }, '#c9c0ff', 0.75) +
      ellipse({ x: w * 0.78, y: h * 0.18, rx: 108, ry: 108 }, '#f6f3ff') +
      ellipse({ x: w * 0.78 - 34, y: h * 0.18 - 18, rx: 20, ry: 16 }, '#dcd6f6') +
      ellipse({ x: w * 0.78 + 26, y: h * 0.18 + 32, rx: 28, ry: 20 }, '#dfd9f7') +
      ridge(stage, h * 0.72, 60, '#1d2147'),
    softness: 8,
    near: bed,
  };
}

/** A clear sky full of stars over dark hills. */
export function night(stage: Stage): Scene {
  const { width: w, height: h, random } = stage;
  const stars = repeat(140, () => {
    const r = random.between(1, 4);
    return ellipse(
      { x: random.between(0, w), y: random.between(0, h * 0.86), rx: r, ry: r },
      '#f4f2ff',
      random.between(0.5, 1),
    );
  });
  return {
    far:
      sky(stage, '#101a44', '#24366f', '#5a5a96') +
      glow(stage.defs, { x: w * 0.4, y: h * 0.3, rx: 620, ry: 190, rotate: -28 }, '#8f9ae0', 0.4),
    softness: 2,
    near: stars + ridge(stage, h * 0.8, 70, '#0f1631'),
  };
}

export function space(stage: Stage): Scene {
  const { width: w, height: h, random } = stage;
  const stars = repeat(150, () =>
    ellipse(
      { x: random.between(0, w), y: random.between(0, h), rx: random.between(0.7, 2.8), ry: random.between(0.7, 2.8) },
      random.pick(['#ffffff', '#cfe2ff', '#ffe9cc']),
      random.between(0.4, 1),
    ),
  );
  const planet = stage.defs.radial(
    [
      [0, '#c8ecf8'],
      [0.4, '#5fa6d6'],
      [0.75, '#27588f'],
      [1, '#0a1a38'],
    ],
    0.3,
    0.28,
    0.82,
  );
  return {
    far: sky(stage, '#0a1430', '#101d44', '#060a1c'),
    softness: 0,
    near:
      glow(stage.defs, { x: w * 0.8, y: h * 0.24, rx: 520, ry: 380, rotate: -24 }, '#6a4fc0', 0.5) +
      glow(stage.defs, { x: w * 0.3, y: h * 0.1, rx: 460, ry: 300 }, '#2f6fc0', 0.4) +
      stars +
      glow(stage.defs, { x: w * 0.1, y: h * 0.86, rx: 470, ry: 470 }, '#7fd0ff', 0.45) +
      ellipse({ x: w * 0.1, y: h * 0.86, rx: 320, ry: 320 }, planet),
  };
}
