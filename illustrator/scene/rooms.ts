import { darken, lighten, mix } from '../drawing/color.ts';
import { ellipse, glow, repeat } from '../drawing/svg.ts';
import { pool, rect, sky, type Scene, type Stage } from './stage.ts';

export const studio = (stage: Stage): Scene => {
  const tone = mix('#a3a5a8', stage.accent, 0.42);
  return { far: pool(stage, lighten(tone, 0.48), darken(tone, 0.3), 0.4, 0.38, 0.78), softness: 0, near: '' };
};

export function office(stage: Stage): Scene {
  const { width: w, height: h, random } = stage;
  const panes = repeat(
    Math.ceil(w / 270),
    (i) => rect(i * 270 - 40, -20, 230, h * 0.66, '#fdfefe', 6) + rect(i * 270 + 72, -20, 10, h * 0.66, '#c8d2d8'),
  );
  const towers = repeat(Math.ceil(w / 120), (i) =>
    rect(
      i * 120 - 30,
      h * random.between(0.24, 0.46),
      90,
      h * 0.6,
      ['#d3e2ea', '#c2d6e2', '#dde9ee'][i % 3] ?? '#d3e2ea',
    ),
  );
  const plant = (x: number): string =>
    repeat(9, (i) =>
      ellipse(
        { x: x + Math.cos(i) * 60, y: h * 0.62 + Math.sin(i * 1.7) * 70, rx: 62, ry: 26, rotate: i * 40 },
        i % 2 ? '#6f9a6a' : '#4f8058',
      ),
    ) + rect(x - 44, h * 0.7, 88, 120, '#b98f6a', 10);
  return {
    far:
      sky(stage, '#e4edf1', '#d5e0e5', '#a9b4b8') +
      panes +
      towers +
      rect(-20, h * 0.72, w + 40, h * 0.3, '#b79a7c') +
      plant(w * 0.12) +
      rect(w * 0.8, h * 0.5, 230, 190, '#4d5a64', 12) +
      rect(w * 0.8 + 20, h * 0.52, 190, 140, '#8fc0d4', 6),
    softness: 15,
    near: glow(stage.defs, { x: w * 0.2, y: h * 0.2, rx: w * 0.5, ry: h * 0.5 }, '#ffffff', 0.6),
  };
}

export function clinic(stage: Stage): Scene {
  const { width: w, height: h } = stage;
  const cabinet =
    rect(w * 0.76, h * 0.12, 260, h * 0.52, '#a9d0d2', 14) +
    repeat(3, (i) => rect(w * 0.76 + 24, h * (0.16 + i * 0.15), 212, h * 0.1, '#e2f1f1', 8));
  const chart =
    rect(w * 0.08, h * 0.14, 190, 250, '#ffffff', 10) +
    repeat(5, (i) => rect(w * 0.08 + 26, h * 0.14 + 40 + i * 38, 110 - i * 12, 12, '#8fb9bd', 6));
  return {
    far:
      sky(stage, '#eef7f7', '#d8ebec', '#b5d2d5') +
      cabinet +
      chart +
      rect(-20, h * 0.76, w + 40, h * 0.3, '#93b9bd') +
      ellipse({ x: w * 0.5, y: -40, rx: 260, ry: 70 }, '#ffffff'),
    softness: 12,
    near: glow(stage.defs, { x: w * 0.4, y: h * 0.1, rx: w * 0.6, ry: h * 0.5 }, '#ffffff', 0.55),
  };
}

export function cafe(stage: Stage): Scene {
  const { width: w, height: h } = stage;
  const lamp = (x: number): string =>
    rect(x - 3, -20, 6, h * 0.16, '#3a2a20') +
    ellipse({ x, y: h * 0.17, rx: 46, ry: 36 }, '#ffdf9a') +
    glow(stage.defs, { x, y: h * 0.17, rx: 180, ry: 180 }, '#ffc86a', 0.6);
  const jars = repeat(Math.ceil(w / 90), (i) =>
    rect(
      i * 90 - 10,
      h * 0.44 - [70, 94, 58][i % 3]!,
      62,
      [70, 94, 58][i % 3]!,
      ['#c98f5a', '#7f9a72', '#e0c08a', '#a85f45'][i % 4]!,
      10,
    ),
  );
  return {
    far:
      sky(stage, '#6d4a37', '#8d6448', '#5a3d2e') +
      jars +
      rect(-20, h * 0.44, w + 40, 22, '#4a3022') +
      rect(-20, h * 0.78, w + 40, h * 0.3, '#b5835a') +
      lamp(w * 0.16) +
      lamp(w * 0.84),
    softness: 11,
    near: '',
  };
}

export function home(stage: Stage): Scene {
  const { width: w, height: h } = stage;
  return {
    far:
      sky(stage, '#eadfd0', '#e0cfba', '#bfa58a') +
      rect(w * 0.06, h * 0.1, 230, 300, '#f6fbff', 8) +
      rect(w * 0.06 + 108, h * 0.1, 12, 300, '#cbb79f') +
      rect(-20, h * 0.7, w * 0.5, h * 0.4, '#6f8a86', 60) +
      rect(w * 0.78, h * 0.16, 200, 150, '#c98a6a', 6) +
      ellipse({ x: w * 0.88, y: h * 0.62, rx: 90, ry: 120 }, '#6a9068') +
      rect(w * 0.88 - 46, h * 0.72, 92, 130, '#d9b48f', 10),
    softness: 12,
    near: glow(stage.defs, { x: w * 0.15, y: h * 0.2, rx: 500, ry: 500 }, '#fff4dc', 0.7),
  };
}

export function lab(stage: Stage): Scene {
  const { width: w, height: h } = stage;
  const bays = repeat(
    Math.ceil(w / 280),
    (i) =>
      rect(i * 280 - 40, h * 0.12, 236, h * 0.58, '#f8fbfd', 20) +
      rect(i * 280 - 16, h * 0.16, 188, 12, '#bdefff', 6) +
      rect(i * 280 + 190, h * 0.12, 6, h * 0.6, '#c0d0da'),
  );
  return {
    far:
      sky(stage, '#ffffff', '#e9f1f5', '#c2d2dc') +
      bays +
      repeat(5, (i) => rect(i * (w / 4) - 80, 0, 180, 26, '#c9f4ff', 12)) +
      rect(-20, h * 0.78, w + 40, h * 0.3, '#b6c7d2'),
    softness: 8,
    near: glow(stage.defs, { x: w / 2, y: h * 0.3, rx: w * 0.5, ry: h * 0.4 }, '#e6fbff', 0.6),
  };
}
