import { lighten } from '../drawing/color.ts';
import { n } from '../drawing/geometry.ts';
import { ellipse, fill, glow, repeat } from '../drawing/svg.ts';
import { rect, sky, wall, type Scene, type Stage } from './stage.ts';

export function pastel(stage: Stage): Scene {
  const { width: w, height: h, random } = stage;
  const heart = 'M0 16C-34 -10 -18 -36 0 -16C18 -36 34 -10 0 16Z';
  const star = 'M0 -24L6 -6L24 0L6 6L0 24L-6 6L-24 0L-6 -6Z';
  const bits = repeat(26, (i) => {
    const x = i % 2 ? random.between(20, w * 0.24) : random.between(w * 0.76, w - 20);
    return `<path transform="translate(${n(x)} ${n(random.between(20, h - 20))}) scale(${random.between(0.7, 1.7).toFixed(2)}) rotate(${n(random.between(-24, 24))})" d="${i % 3 ? star : heart}" fill="${i % 3 ? '#ffffff' : '#ff9fc0'}" fill-opacity=".9"/>`;
  });
  return {
    far: sky(stage, '#ffe3f0', '#f0e2ff', '#d6ecff'),
    softness: 0,
    near:
      ellipse({ x: w / 2, y: h * 0.52, rx: 440, ry: 440 }, '#ffffff', 0.5) +
      ellipse({ x: w / 2, y: h * 0.52, rx: 390, ry: 390 }, '#ffffff', 0.4) +
      bits,
  };
}

export function bokeh(stage: Stage): Scene {
  const { width: w, height: h, random } = stage;
  const discs = repeat(16, () => {
    const r = random.between(34, 96);
    const tone = random.pick(['#ffe2a6', '#ffc0a0', '#b9d2ff', '#dcb8ff', '#fff3d6']);
    return ellipse({ x: random.between(0, w), y: random.between(0, h), rx: r, ry: r }, tone, random.between(0.25, 0.6));
  });
  return {
    far:
      wall(
        stage,
        stage.defs.linear(
          [
            [0, '#f3b27a'],
            [0.5, '#b87f9a'],
            [1, '#4a5aa6'],
          ],
          0,
          0,
          1,
          1,
        ),
      ) + discs,
    softness: 9,
    near: glow(stage.defs, { x: w * 0.25, y: h * 0.2, rx: 600, ry: 600 }, '#ffe9c0', 0.5),
  };
}

export function felt(stage: Stage): Scene {
  const { width: w, height: h } = stage;
  const tree = (x: number, y: number, s: number): string =>
    fill(
      `M${n(x)} ${n(y - 170 * s)}Q${n(x + 50 * s)} ${n(y - 60 * s)} ${n(x + 92 * s)} ${n(y)}Q${n(x)} ${n(y + 20 * s)} ${n(x - 92 * s)} ${n(y)}Q${n(x - 50 * s)} ${n(y - 60 * s)} ${n(x)} ${n(y - 170 * s)}Z`,
      '#4f8a5e',
    ) + rect(x - 12, y, 24, 44 * s, '#8a5a3c', 6);
  const cloud = repeat(4, (i) =>
    ellipse({ x: w * 0.8 + i * 48, y: h * 0.2 + (i % 2) * 22, rx: 66, ry: 46 }, '#f7f1e6'),
  );
  return {
    far: sky(stage, '#93cbbd', '#83bcae', '#74ab9e'),
    softness: 0,
    near:
      ellipse({ x: w * 0.16, y: h * 0.18, rx: 86, ry: 86 }, '#f2cf6d') +
      cloud +
      fill(
        `M-20 ${n(h * 0.72)}Q${n(w * 0.26)} ${n(h * 0.62)} ${n(w * 0.52)} ${n(h * 0.7)}T${n(w + 20)} ${n(h * 0.68)}V${n(h + 20)}H-20Z`,
        '#dc9a64',
      ) +
      tree(w * 0.08, h * 0.7, 1) +
      tree(w * 0.93, h * 0.68, 1.2) +
      fill(
        `M-20 ${n(h * 0.86)}Q${n(w * 0.3)} ${n(h * 0.8)} ${n(w * 0.6)} ${n(h * 0.86)}T${n(w + 20)} ${n(h * 0.84)}V${n(h + 20)}H-20Z`,
        '#c97f50',
      ),
  };
}

export function burst(stage: Stage): Scene {
  const { width: w, height: h } = stage;
  const cx = w / 2;
  const cy = h * 0.46;
  const far = w + h;
  const rays = repeat(20, (i) => {
    const a = (i / 20) * Math.PI * 2;
    const b = a + Math.PI / 20;
    return `M${n(cx)} ${n(cy)}L${n(cx + far * Math.cos(a))} ${n(cy + far * Math.sin(a))}L${n(cx + far * Math.cos(b))} ${n(cy + far * Math.sin(b))}Z`;
  });
  return {
    far: wall(stage, '#ffd24a'),
    softness: 0,
    near: fill(rays, '#ff9f2e') + glow(stage.defs, { x: cx, y: cy, rx: 520, ry: 520 }, '#fff0a8', 0.9),
  };
}

export function plain(stage: Stage): Scene {
  return { far: wall(stage, stage.accent), softness: 0, near: disc(stage, lighten(stage.accent, 0.24)) };
}

const disc = (stage: Stage, paint: string): string =>
  ellipse({ x: stage.width / 2, y: stage.height * 0.5, rx: 405, ry: 405 }, paint);

export function paper(stage: Stage): Scene {
  const { width: w, height: h, random } = stage;
  const blots = repeat(10, () =>
    ellipse(
      {
        x: w / 2 + random.between(-330, 330),
        y: h * 0.44 + random.between(-330, 330),
        rx: random.between(110, 220),
        ry: random.between(90, 190),
      },
      random.pick(['#a3cfe0', '#f3c3ae', '#c9dfae', '#d6bfe6', '#f5dc98']),
      0.62,
    ),
  );
  return { far: wall(stage, '#faf6ec') + blots, softness: 26, near: '' };
}
