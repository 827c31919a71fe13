import { n, openPath, type Curve } from '../drawing/geometry.ts';
import { ellipse, glow, line, repeat } from '../drawing/svg.ts';
import { cloud } from './horizon.ts';
import { pool, rect, sky, type Scene, type Stage } from './stage.ts';

export function blossom(stage: Stage): Scene {
  const { width: w, height: h, random } = stage;
  const bloom = (x: number, y: number, s: number): string => {
    const tone = random.pick(['#ffc2d8', '#ffd4e4', '#ffafca']);
    return (
      repeat(
        5,
        (k) =>
          `<ellipse cx="${n(x)}" cy="${n(y - s * 0.6)}" rx="${n(s * 0.42)}" ry="${n(s * 0.6)}" fill="${tone}" transform="rotate(${k * 72 + (Math.round(x) % 40)} ${n(x)} ${n(y)})"/>`,
      ) + ellipse({ x, y, rx: s * 0.2, ry: s * 0.2 }, '#e8759c')
    );
  };
  const cluster = (cx: number, cy: number, rx: number, ry: number, count: number): string =>
    repeat(count, () => bloom(cx + random.between(-rx, rx), cy + random.between(-ry, ry), random.between(22, 38)));
  const branch = (curve: Curve, width: number): string =>
    line(openPath(curve), '#6d4a3e', width) + line(openPath(curve), '#8a6252', width * 0.4);
  const petals = repeat(
    34,
    () =>
      `<ellipse cx="${n(random.between(0, w))}" cy="${n(random.between(h * 0.15, h))}" rx="14" ry="7" fill="#ffb9d2" fill-opacity=".9" transform="rotate(${n(random.between(0, 180))} ${n(random.between(0, w))} ${n(h / 2)})"/>`,
  );
  return {
    far: sky(stage, '#86cbf3', '#cdebfb', '#ffe4ee'),
    softness: 0,
    near:
      cloud(w * 0.6, h * 0.42, 150, '#ffffff', 0.7) +
      branch(
        [
          [-30, h * 0.22],
          [w * 0.16, h * 0.17],
          [w * 0.34, h * 0.04],
          [w * 0.42, -30],
        ],
        30,
      ) +
      branch(
        [
          [w + 30, h * 0.06],
          [w * 0.84, h * 0.12],
          [w * 0.7, h * 0.05],
        ],
        22,
      ) +
      cluster(w * 0.14, h * 0.12, w * 0.18, h * 0.13, 46) +
      cluster(w * 0.88, h * 0.08, w * 0.14, h * 0.09, 26) +
      petals,
  };
}

export function forest(stage: Stage): Scene {
  const { width: w, height: h, random } = stage;
  const trunks = repeat(Math.ceil(w / 110), (i) =>
    rect(
      i * 110 - 30 + random.between(-26, 26),
      -20,
      random.between(34, 72),
      h + 40,
      random.pick(['#2f3222', '#3a3826', '#26301f']),
    ),
  );
  const leaves = repeat(52, () =>
    ellipse(
      {
        x: random.between(-20, w),
        y: random.chance(0.6) ? random.between(-20, h * 0.3) : random.between(h * 0.72, h),
        rx: random.between(40, 110),
        ry: random.between(30, 70),
      },
      random.pick(['#48733a', '#34592f', '#689442', '#86ad4e']),
      0.85,
    ),
  );
  const rays = repeat(
    6,
    () =>
      `<path d="M${n(random.between(0, w * 0.8))} -20l80 0l-230 ${n(h + 40)}l-130 0Z" fill="#f6ffc8" fill-opacity=".2"/>`,
  );
  const motes = repeat(34, () =>
    ellipse({ x: random.between(0, w), y: random.between(0, h), rx: 4, ry: 4 }, '#f8ffcf', random.between(0.3, 0.8)),
  );
  return {
    far: pool(stage, '#b9d07c', '#1c2f1d', 0.34, 0.22, 0.85) + trunks + leaves + rays,
    softness: 10,
    near: motes,
  };
}

export function garden(stage: Stage): Scene {
  const { width: w, height: h, random } = stage;
  const blobs = repeat(70, () =>
    ellipse(
      {
        x: random.between(-20, w),
        y: random.between(h * 0.2, h),
        rx: random.between(30, 90),
        ry: random.between(30, 80),
      },
      random.pick(['#7fae6a', '#5f9458', '#a3c77e', '#4c8052']),
      0.85,
    ),
  );
  const blooms = repeat(44, () =>
    ellipse(
      {
        x: random.between(0, w),
        y: random.between(h * 0.4, h),
        rx: random.between(12, 26),
        ry: random.between(12, 26),
      },
      random.pick(['#f2a6b8', '#f7d774', '#ffffff', '#c9a2e0', '#ee8a6a']),
      0.95,
    ),
  );
  return {
    far: sky(stage, '#bfe3f2', '#e4f1da', '#8fb873') + blobs + blooms,
    softness: 5,
    near: glow(stage.defs, { x: w * 0.2, y: 0, rx: 600, ry: 500 }, '#fffbe0', 0.7),
  };
}
