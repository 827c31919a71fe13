import { n } from '../drawing/geometry.ts';
import { glow, line, repeat } from '../drawing/svg.ts';
import { pool, rect, sky, type Scene, type Stage } from './stage.ts';

export function cathedral(stage: Stage): Scene {
  const { width: w, height: h } = stage;
  const arch = (cx: number, half: number, top: number, paint: string): string =>
    `<path d="M${n(cx - half)} ${n(h + 20)}V${n(top + half * 1.3)}Q${n(cx - half)} ${n(top + half * 0.3)} ${n(cx)} ${n(top)}Q${n(cx + half)} ${n(top + half * 0.3)} ${n(cx + half)} ${n(top + half * 1.3)}V${n(h + 20)}Z" fill="${paint}"/>`;
  const glass = stage.defs.linear([
    [0, '#fff6d6'],
    [0.6, '#ffdc94'],
    [1, '#e79f6b'],
  ]);
  const windowAt = (cx: number, half: number, top: number): string =>
    arch(cx, half + 20, top - 26, '#7d5a52') +
    arch(cx, half, top, glass) +
    line(
      `M${n(cx)} ${n(top)}V${n(h)}M${n(cx - half)} ${n(top + half * 1.4)}H${n(cx + half)}M${n(cx - half)} ${n(top + half * 3)}H${n(cx + half)}`,
      '#94685a',
      12,
    ) +
    `<circle cx="${n(cx)}" cy="${n(top + half)}" r="${n(half * 0.42)}" fill="none" stroke="#94685a" stroke-width="11"/>`;
  const rays = repeat(
    5,
    (i) =>
      `<path d="M${n(w * 0.5 - 200 + i * 100)} -20l60 0l${n((i - 2) * 160 + 40)} ${n(h)}l-150 0Z" fill="#fff3cc" fill-opacity=".13"/>`,
  );
  return {
    far:
      sky(stage, '#8d6356', '#a2705a', '#4b3844') +
      windowAt(w * 0.5, 200, h * 0.05) +
      windowAt(w * 0.5 - 430, 130, h * 0.2) +
      windowAt(w * 0.5 + 430, 130, h * 0.2) +
      rays,
    softness: 6,
    near: glow(stage.defs, { x: w / 2, y: h * 0.36, rx: 620, ry: 620 }, '#ffe6ac', 0.7),
  };
}

export function castle(stage: Stage): Scene {
  const { width: w, height: h } = stage;
  const stones = repeat(Math.ceil(h / 96), (r) =>
    repeat(Math.ceil(w / 180) + 1, (c) =>
      rect(c * 180 - (r % 2) * 90 - 40, r * 96, 170, 86, ['#5b5a63', '#64626a', '#52515c'][(r * 3 + c) % 3]!, 8),
    ),
  );
  const banner = (x: number): string =>
    `<path d="M${n(x - 80)} -20H${n(x + 80)}V${n(h * 0.56)}L${n(x)} ${n(h * 0.5)}L${n(x - 80)} ${n(h * 0.56)}Z" fill="#8a2a36"/><path d="M${n(x)} ${n(h * 0.14)}l30 70l-30 70l-30 -70Z" fill="#d9b04a"/>`;
  return {
    far: sky(stage, '#3f3e48', '#4a4854', '#26252e') + stones + banner(w * 0.12) + banner(w * 0.88),
    softness: 7,
    near: glow(stage.defs, { x: w * 0.3, y: h * 0.2, rx: 640, ry: 640 }, '#ffce8a', 0.5),
  };
}

export const drape = (stage: Stage): Scene => {
  const { width: w, height: h } = stage;
  const folds = repeat(
    11,
    (i) =>
      `<path d="M${n(w * 0.56 + i * 52)} -20Q${n(w * 0.5 + i * 60)} ${n(h * 0.5)} ${n(w * 0.6 + i * 54)} ${n(h + 20)}" fill="none" stroke="${i % 2 ? '#6b1826' : '#2c0810'}" stroke-width="40"/>`,
  );
  return {
    far: pool(stage, '#7a5231', '#1b100b', 0.3, 0.34, 0.75) + folds,
    softness: 13,
    near: glow(stage.defs, { x: w, y: h * 0.6, rx: w * 0.4, ry: h * 0.7 }, '#0c0504', 0.6),
  };
};

export const blinds = (stage: Stage): Scene => ({
  far:
    pool(stage, '#c4c4c6', '#2b2b30', 0.36, 0.34, 0.8) +
    rect(stage.width * 0.68, stage.height * 0.08, stage.width * 0.4, stage.height * 0.5, '#e6e6e6') +
    repeat(9, (i) => rect(stage.width * 0.68, stage.height * (0.08 + i * 0.056), stage.width * 0.4, 16, '#3c3c40')),
  softness: 4,
  near: '',
});
