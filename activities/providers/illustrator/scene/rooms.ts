import { darken, lighten, mix, type Colour } from '../drawing/colour.ts';
import { n } from '../drawing/geometry.ts';
import { ellipse, glow, line, repeat } from '../drawing/svg.ts';
import { pool, rect, sky, wall, type Scene, type Stage } from './stage.ts';

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

function shelves(stage: Stage, tones: readonly Colour[], wood: Colour): string {
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
  const tones: readonly Colour[] = ['#3c2a58', '#2a3660', '#4a3a2c', '#5a2c50', '#28304c', '#6a5334'];
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
      `<circle cx="${n(cx)}" cy="${n(cy)}" r="402" fill="none" stroke="#6fc4ff" stroke-width="84" opacity=".3"/>`,
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

export function cockpit(stage: Stage): Scene {
  const { width: w, height: h, random } = stage;
  const stars = repeat(70, () =>
    ellipse(
      {
        x: random.between(0, w),
        y: random.between(0, h * 0.7),
        rx: random.between(0.8, 2.4),
        ry: random.between(0.8, 2.4),
      },
      '#e9f3ff',
      random.between(0.4, 1),
    ),
  );
  const buttons = (x0: number): string =>
    repeat(24, (i) =>
      rect(
        x0 + (i % 4) * 44,
        h * 0.66 + Math.floor(i / 4) * 48,
        28,
        18,
        ['#4df0c8', '#ffb84a', '#ff5f6a', '#5ac8ff', '#3a5468'][Math.floor(random.next() * 5)]!,
        4,
        0.9,
      ),
    );
  const frame = `<path d="M-20 ${n(h)}V${n(h * 0.5)}L${n(w * 0.2)} ${n(h * 0.62)}V${n(h)}ZM${n(w + 20)} ${n(h)}V${n(h * 0.5)}L${n(w * 0.8)} ${n(h * 0.62)}V${n(h)}Z" fill="#22303f"/>`;
  const struts =
    line(
      `M${n(w * 0.2)} ${n(h * 0.64)}L${n(w * 0.3)} -20M${n(w * 0.8)} ${n(h * 0.64)}L${n(w * 0.7)} -20M-20 ${n(h * 0.14)}H${n(w + 20)}`,
      '#2c3d4f',
      26,
    ) +
    line(
      `M${n(w * 0.2)} ${n(h * 0.64)}L${n(w * 0.3)} -20M${n(w * 0.8)} ${n(h * 0.64)}L${n(w * 0.7)} -20`,
      '#49e2ff',
      5,
      0.8,
    );
  const hud = `<g fill="none" stroke="#5cf0ff" stroke-width="4" opacity=".65"><circle cx="${n(w * 0.5)}" cy="${n(h * 0.36)}" r="400" stroke-dasharray="60 26"/><circle cx="${n(w * 0.5)}" cy="${n(h * 0.36)}" r="440" stroke-width="2"/></g>`;
  return {
    far: sky(stage, '#0b1c38', '#14325a', '#0d1b30'),
    softness: 0,
    near:
      stars +
      ellipse(
        { x: w * 0.14, y: h * 0.24, rx: 120, ry: 120 },
        stage.defs.radial(
          [
            [0, '#9fe0ff'],
            [0.6, '#2f6fb0'],
            [1, '#0e2448'],
          ],
          0.35,
          0.3,
          0.8,
        ),
      ) +
      struts +
      frame +
      buttons(w * 0.01) +
      buttons(w * 0.83) +
      hud +
      glow(stage.defs, { x: w / 2, y: h, rx: w * 0.6, ry: h * 0.4 }, '#35d8ff', 0.35),
  };
}

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
      `<path d="M${n(w * 0.5 - 200 + i * 100)} -20l60 0l${n((i - 2) * 160 + 40)} ${n(h)}l-150 0Z" fill="#fff3cc" opacity=".13"/>`,
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
