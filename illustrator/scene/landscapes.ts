import { darken, type Color } from '../drawing/color.ts';
import { n } from '../drawing/geometry.ts';
import { ellipse, fill, glow, line, repeat } from '../drawing/svg.ts';
import { cloud, ridge } from './horizon.ts';
import { rect, sky, type Scene, type Stage } from './stage.ts';

export function hills(stage: Stage): Scene {
  const { width: w, height: h, random } = stage;
  const trees = repeat(16, () => {
    const x = random.between(0, w);
    const y = h * random.between(0.6, 0.74);
    return ellipse({ x, y, rx: 34, ry: 40 }, '#5c9a68') + ellipse({ x: x - 8, y: y - 8, rx: 22, ry: 24 }, '#74b27a');
  });
  return {
    far: sky(stage, '#7fc0ec', '#c8e8f6', '#f6f2da'),
    softness: 0,
    near:
      glow(stage.defs, { x: w * 0.82, y: h * 0.16, rx: 260, ry: 260 }, '#fff4c4', 0.95) +
      ellipse({ x: w * 0.82, y: h * 0.16, rx: 66, ry: 66 }, '#fff8dc') +
      cloud(w * 0.16, h * 0.2, 130, '#ffffff', 0.92) +
      cloud(w * 0.72, h * 0.36, 90, '#ffffff', 0.7) +
      ridge(stage, h * 0.6, 40, '#a8d3b0') +
      ridge(stage, h * 0.68, 46, '#86c08a') +
      trees +
      ridge(stage, h * 0.8, 36, '#67aa70'),
  };
}

export function beach(stage: Stage): Scene {
  const { width: w, height: h } = stage;
  return {
    far:
      sky(stage, '#7fc4ee', '#cfeaf6', '#fdf0d8') +
      cloud(w * 0.2, h * 0.16, 120, '#ffffff', 0.85) +
      rect(-20, h * 0.5, w + 40, h * 0.24, '#3f9fc0') +
      rect(-20, h * 0.62, w + 40, h * 0.12, '#6cc3cf') +
      fill(
        `M-20 ${n(h * 0.74)}Q${n(w * 0.3)} ${n(h * 0.7)} ${n(w * 0.6)} ${n(h * 0.75)}T${n(w + 20)} ${n(h * 0.72)}V${n(h + 20)}H-20Z`,
        '#efd9ae',
      ) +
      line(
        `M-20 ${n(h * 0.735)}Q${n(w * 0.3)} ${n(h * 0.695)} ${n(w * 0.6)} ${n(h * 0.745)}T${n(w + 20)} ${n(h * 0.715)}`,
        '#ffffff',
        14,
        0.85,
      ),
    softness: 5,
    near: '',
  };
}

export function mountains(stage: Stage): Scene {
  const { width: w, height: h } = stage;
  const peak = (x: number, y: number, half: number, tone: Color): string =>
    fill(`M${n(x - half)} ${n(h)}L${n(x)} ${n(y)}L${n(x + half)} ${n(h)}Z`, tone) +
    fill(
      `M${n(x)} ${n(y)}l${n(half * 0.2)} ${n((h - y) * 0.2)}l${n(-half * 0.1)} -20l${n(-half * 0.12)} 40l${n(-half * 0.16)} -30Z`,
      '#f6fafc',
    );
  return {
    far:
      sky(stage, '#8db7dc', '#d5e6f0', '#f4e4d4') +
      peak(w * 0.18, h * 0.24, w * 0.34, '#8fa5bd') +
      peak(w * 0.82, h * 0.18, w * 0.38, '#7c94ae') +
      peak(w * 0.5, h * 0.34, w * 0.4, '#9fb2c6') +
      ridge(stage, h * 0.8, 30, '#5d7f6c'),
    softness: 6,
    near: '',
  };
}

export function snow(stage: Stage): Scene {
  const { width: w, height: h, random } = stage;
  const firs = repeat(Math.ceil(w / 120), (i) => {
    const x = i * 120 + random.between(-20, 20);
    const y = h * random.between(0.38, 0.5);
    return (
      fill(`M${n(x)} ${n(y)}l90 ${n(h * 0.36)}h-180Z`, '#6f8ea0') +
      fill(`M${n(x)} ${n(y)}l34 ${n(h * 0.13)}h-68Z`, '#eef5f9')
    );
  });
  const flakes = repeat(70, () =>
    ellipse(
      { x: random.between(0, w), y: random.between(0, h), rx: random.between(3, 8), ry: random.between(3, 8) },
      '#ffffff',
      random.between(0.5, 0.95),
    ),
  );
  return {
    far: sky(stage, '#b5cbdc', '#dce8ef', '#f4f7fa') + firs + ridge(stage, h * 0.8, 24, '#f2f7fa'),
    softness: 6,
    near: flakes,
  };
}

export function dusk(stage: Stage): Scene {
  const { width: w, height: h, random } = stage;
  const motes = repeat(30, () =>
    ellipse(
      { x: random.between(0, w), y: random.between(h * 0.2, h), rx: 3.4, ry: 3.4 },
      '#ffe6a8',
      random.between(0.3, 0.9),
    ),
  );
  const keep = fill(
    `M${n(w * 0.8)} ${n(h * 0.66)}V${n(h * 0.36)}l14 0v-30l20 0v30l20 0v-30l20 0v30l20 0v-110l50 -80l50 80V${n(h * 0.66)}Z`,
    darken('#5a5f93', 0.2),
  );
  return {
    far:
      sky(stage, '#4a5a94', '#a98aa8', '#e9b48a') +
      glow(stage.defs, { x: w * 0.24, y: h * 0.5, rx: 520, ry: 420 }, '#ffd9a0', 0.8) +
      ridge(stage, h * 0.56, 90, '#6a6a9a', 200) +
      keep +
      ridge(stage, h * 0.7, 50, '#4a5078') +
      ridge(stage, h * 0.86, 30, '#333a5a'),
    softness: 6,
    near: motes,
  };
}
