import { darken, lighten, type Colour } from '../drawing/colour.ts';
import { n, openPath, type Curve } from '../drawing/geometry.ts';
import { ellipse, fill, glow, line, repeat } from '../drawing/svg.ts';
import { pool, rect, sky, type Scene, type Stage } from './stage.ts';

/** A rolling horizon filled to the bottom. */
function ridge({ width: w, height: h, random }: Stage, y: number, swing: number, paint: string, step = 260): string {
  const points: Curve = Array.from(
    { length: Math.ceil(w / step) + 3 },
    (_, i) => [(i - 1) * step, y + random.between(-swing, swing)] as const,
  );
  return fill(`${openPath(points)}L${n(w + step * 2)} ${n(h + 20)}L-${step} ${n(h + 20)}Z`, paint);
}

function cloud(x: number, y: number, size: number, paint: string, opacity: number): string {
  return [
    [0, 0, 1],
    [-0.8, 0.22, 0.62],
    [0.8, 0.2, 0.7],
    [0.3, -0.28, 0.72],
  ]
    .map(([dx = 0, dy = 0, s = 1]) =>
      ellipse({ x: x + dx * size, y: y + dy * size, rx: size * s, ry: size * s * 0.52 }, paint, opacity),
    )
    .join('');
}

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
      `<ellipse cx="${n(random.between(0, w))}" cy="${n(random.between(h * 0.15, h))}" rx="14" ry="7" fill="#ffb9d2" opacity=".9" transform="rotate(${n(random.between(0, 180))} ${n(random.between(0, w))} ${n(h / 2)})"/>`,
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
      `<path d="M${n(random.between(0, w * 0.8))} -20l80 0l-230 ${n(h + 40)}l-130 0Z" fill="#f6ffc8" opacity=".2"/>`,
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
  const sign = (x: number, y: number, tone: Colour, shape: string): string =>
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
      signs.replaceAll('stroke-width="13"', 'stroke-width="34" opacity=".7"'),
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
  const row = (top: number, tone: Colour): string =>
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
  const peak = (x: number, y: number, half: number, tone: Colour): string =>
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
