import { n } from '../drawing/geometry.ts';
import { ellipse, glow, line, repeat } from '../drawing/svg.ts';
import { rect, sky, type Scene, type Stage } from './stage.ts';

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
