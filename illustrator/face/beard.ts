import { mix } from '../drawing/color.ts';
import { closedPath, n, type Curve, type Point } from '../drawing/geometry.ts';
import { inkFor, type Sitting } from '../drawing/sitting.ts';
import { clipped, fill, group, line, repeat } from '../drawing/svg.ts';

/** Beards follow the jaw and leave the lips free. Drawn before the mouth. */
export function drawBeard(sitting: Sitting): string {
  const { person } = sitting;
  switch (person.beard) {
    case 'none':
      return '';
    case 'stubble':
      return stubble(sitting);
    case 'short':
      return jawBeard(sitting, 10) + mustache(sitting, 0.8);
    case 'full':
      return jawBeard(sitting, 40) + mustache(sitting, 1);
    case 'long':
      return jawBeard(sitting, 236) + mustache(sitting, 1.15);
    case 'goatee':
      return goatee(sitting) + mustache(sitting, 0.8);
    case 'moustache':
      return mustache(sitting, 1.1);
  }
}

function hairs(sitting: Sitting, curve: Curve, top: number, bottom: number, spread: number): string {
  const { manner, palette, defs } = sitting;
  if (manner.shading === 'flat') return '';
  const random = sitting.random('beard hairs');
  const count = Math.min(150, Math.round((manner.shading === 'soft' ? 1 : 0.16) * (50 + (bottom - top) * 0.6)));
  const strokes = repeat(count, () => {
    const x = random.between(-spread, spread) + sitting.turned(10);
    const y = random.between(top, bottom);
    const length = random.between(12, 30);
    return line(
      `M${n(x)} ${n(y)}q${n(-x * 0.03)} ${n(length * 0.5)} ${n(-x * 0.08)} ${n(length)}`,
      random.chance(0.5) ? palette.beard.light : palette.beard.deep,
      manner.shading === 'soft' ? 1.7 : 3,
      0.36,
    );
  });
  return clipped(strokes, defs.clip(closedPath(curve)));
}

function paint(sitting: Sitting, curve: Curve): string {
  const { palette, manner, defs } = sitting;
  const path = closedPath(curve);
  const fillWith =
    manner.shading === 'soft'
      ? defs.linear([
          [0, mix(palette.beard.base, palette.beard.shade, 0.5)],
          [0.4, palette.beard.base],
          [1, palette.beard.shade],
        ])
      : palette.beard.base;
  return (
    fill(path, fillWith, manner.shading === 'soft' ? 0.94 : 1) +
    (manner.lineWidth ? line(path, inkFor(sitting, palette.beard.base), manner.lineWidth * 0.8) : '')
  );
}

function jawBeard(sitting: Sitting, drop: number): string {
  const { head, turned } = sitting;
  const m = head.mouthY;
  const low = head.chinY + drop;
  const outer = (s: 1 | -1): Point[] => [
    [s * (head.cheek - 4) + turned(2), head.cheekY - 4],
    [s * (head.jaw + 6) + turned(6), head.jawY + 4],
    [s * (head.chin + 26 + drop * 0.08) + turned(10), head.chinY - 6 + drop * 0.32],
    [s * (head.chin * 0.6 + drop * 0.04) + turned(12), low - drop * 0.18 - 2],
  ];
  const inner = (s: 1 | -1): Point[] => [
    [s * (head.cheek - 22) + turned(8), head.cheekY + 34],
    [s * 68 + turned(18), m - 20],
    [s * 53 + turned(22), m + 4],
    [s * 36 + turned(24), m + 21],
  ];
  const curve: Curve = [
    ...outer(1),
    [turned(14), low],
    ...outer(-1).toReversed(),
    ...inner(-1),
    [turned(24), m + 27],
    ...inner(1).toReversed(),
  ];
  return paint(sitting, curve) + hairs(sitting, curve, head.cheekY + 30, low - 10, head.jaw);
}

function mustache(sitting: Sitting, full: number): string {
  const { head, turned, manner, person } = sitting;
  const size = full * (manner.eyes === 'anime' ? 0.66 : manner.eyes === 'film' ? 0.86 : 1);
  const x = turned(27);
  const y = head.mouthY - 17;
  // Tips that hang read as a frown: they only do in grief and anger.
  const curl = person.expression === 'sad' || person.expression === 'angry' ? -10 : 13;
  const half = (s: 1 | -1): Point[] => [
    [x + s * 20 * size, y - 9 * size],
    [x + s * 44 * size, y - 3 - curl * 0.2],
    [x + s * 66 * size, y + 8 * size - curl],
    [x + s * 58 * size, y + 17 * size - curl * 0.8],
    [x + s * 35 * size, y + 11],
    [x + s * 12, y + 9],
  ];
  const curve: Curve = [[x, y - 5 * size], ...half(1), [x, y + 6], ...half(-1).toReversed()];
  return paint(sitting, curve) + hairs(sitting, curve, y - 6, y + 10, 50);
}

function goatee(sitting: Sitting): string {
  const { head, turned } = sitting;
  const m = head.mouthY;
  const curve: Curve = [
    [26 + turned(24), m + 26],
    [40 + turned(18), head.chinY - 14],
    [turned(15), head.chinY + 20],
    [-40 + turned(18), head.chinY - 14],
    [-26 + turned(24), m + 26],
    [turned(24), m + 29],
  ];
  return paint(sitting, curve) + hairs(sitting, curve, m + 26, head.chinY + 12, 34);
}

function stubble(sitting: Sitting): string {
  const { head, turned, palette, manner, defs } = sitting;
  const outer = (s: 1 | -1): Point[] => [
    [s * (head.cheek - 8), head.cheekY + 6],
    [s * head.jaw + turned(7), head.jawY],
    [s * head.chin + turned(12), head.chinY - 14],
  ];
  const inner = (s: 1 | -1): Point[] => [
    [s * 84 + turned(10), head.cheekY + 34],
    [s * 48 + turned(24), head.mouthY - 34],
    [s * 20 + turned(28), head.mouthY - 26],
  ];
  const curve: Curve = [
    ...outer(1),
    [turned(14), head.chinY - 1],
    ...outer(-1).toReversed(),
    ...inner(-1),
    ...inner(1).toReversed(),
  ];
  const shade = mix(palette.beard.base, palette.skinDeep, 0.4);
  if (manner.shading !== 'soft') return fill(closedPath(curve), shade, 0.26);
  const random = sitting.random('stubble');
  const dots = repeat(170, () => {
    const x = random.between(-head.jaw, head.jaw) + turned(12);
    const y = random.between(head.cheekY + 20, head.chinY);
    return `<path d="M${n(x)} ${n(y)}l${n(random.between(-1, 1))} 4"/>`;
  });
  return (
    [0.1, 0.12]
      .map((opacity, i) =>
        fill(closedPath(curve.map(([x, y]) => [x * (1 - i * 0.05), y + i * 3] as const)), shade, opacity),
      )
      .join('') +
    clipped(group(dots, `stroke="${shade}" stroke-width="1.6" opacity=".5" fill="none"`), defs.clip(closedPath(curve)))
  );
}
