import { lighten, type Color } from '../drawing/color.ts';
import { n } from '../drawing/geometry.ts';
import { ellipse, glow, line, repeat } from '../drawing/svg.ts';
import { ridge } from './horizon.ts';
import { rect, sky, type Scene, type Stage } from './stage.ts';

export function neon(stage: Stage): Scene {
  const { width: w, height: h, random } = stage;
  const towers = repeat(Math.ceil(w / 88), (i) =>
    rect(i * 88 - 20, h * random.between(0.06, 0.42), 84, h, random.pick(['#0f0c28', '#17113a', '#1f1246'])),
  );
  const windows = repeat(170, () =>
    rect(
      random.between(0, w),
      random.between(h * 0.18, h),
      10,
      14,
      random.pick(['#2ceef7', '#ff43b2', '#ffd65a', '#9d76ff']),
      2,
      0.75,
    ),
  );
  const sign = (x: number, y: number, tone: Color, shape: string): string =>
    `<g transform="translate(${n(x)} ${n(y)})" fill="none" stroke="${tone}" stroke-width="13" stroke-linecap="round"><path d="${shape}"/></g>`;
  const signs =
    sign(w * 0.1, h * 0.12, '#ff43b2', 'M0 0H80V250H0ZM20 60H60M20 110H60M40 150V210') +
    sign(w * 0.84, h * 0.16, '#2ceef7', 'M0 0H100M50 0V90M10 130H90L50 200Z') +
    sign(w * 0.2, h * 0.42, '#ffd65a', 'M0 0a44 44 0 1 0 .1 0');
  const rain = repeat(60, () =>
    line(
      `M${n(random.between(0, w))} ${n(random.between(0, h))}l-12 ${n(random.between(50, 110))}`,
      '#bfe6ff',
      2,
      random.between(0.15, 0.4),
    ),
  );
  return {
    far:
      sky(stage, '#1c1046', '#471a66', '#0d1638') +
      towers +
      signs.replaceAll('stroke-width="13"', 'stroke-width="34" stroke-opacity=".7"'),
    softness: 9,
    near:
      signs +
      windows +
      rain +
      glow(stage.defs, { x: w * 0.1, y: h * 0.4, rx: 460, ry: 560 }, '#ff2f9f', 0.32) +
      glow(stage.defs, { x: w * 0.92, y: h * 0.4, rx: 460, ry: 560 }, '#1fdcf2', 0.3),
  };
}

export function city(stage: Stage): Scene {
  const { width: w, height: h, random } = stage;
  const row = (top: number, tone: Color): string =>
    repeat(Math.ceil(w / 120), (i) => {
      const x = i * 120 - 30;
      const y = h * (top + random.between(-0.1, 0.1));
      return (
        rect(x, y, 112, h, tone) +
        repeat(8, (k) => rect(x + 16 + (k % 3) * 30, y + 24 + Math.floor(k / 3) * 52, 16, 26, lighten(tone, 0.4)))
      );
    });
  return {
    far:
      sky(stage, '#a9c8e0', '#dbe4e8', '#e9d6c2') +
      row(0.26, '#9fb3c2') +
      row(0.44, '#7d94a6') +
      rect(-20, h * 0.86, w + 40, h * 0.2, '#6c747c'),
    softness: 9,
    near: '',
  };
}

export function desert(stage: Stage): Scene {
  const { width: w, height: h, random } = stage;
  const ruin = (x: number, base: number, tall: number): string =>
    `<path d="M${n(x)} ${n(base)}V${n(base - tall)}l40 -34l30 50l46 -70l24 60V${n(base)}Z" fill="#8d5230"/>` +
    rect(x + 24, base - tall + 70, 24, 44, '#5f351f') +
    rect(x + 82, base - tall + 60, 24, 44, '#5f351f');
  return {
    far:
      sky(stage, '#c9702f', '#f0ad58', '#b06a35') +
      glow(stage.defs, { x: w * 0.74, y: h * 0.28, rx: 480, ry: 480 }, '#fff0b8', 0.9) +
      ellipse({ x: w * 0.74, y: h * 0.28, rx: 118, ry: 118 }, '#fff6d6') +
      ruin(w * 0.02, h * 0.7, 330) +
      ruin(w * 0.2, h * 0.7, 190) +
      ruin(w * 0.84, h * 0.72, 260) +
      ridge(stage, h * 0.7, 18, '#a9693a') +
      ridge(stage, h * 0.84, 20, '#8d5330') +
      repeat(7, () =>
        ellipse({ x: random.between(0, w), y: random.between(h * 0.55, h), rx: 260, ry: 30 }, '#f7cd92', 0.55),
      ),
    softness: 7,
    near: '',
  };
}
