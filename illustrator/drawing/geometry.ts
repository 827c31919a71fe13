/** Points are [x, y] in figure units: the origin lies between the eyes, y points down, a head is about 260 wide. */
export type Point = readonly [number, number];
export type Curve = readonly Point[];

/** Number for an SVG attribute: one decimal is a tenth of a pixel or better. */
export const n = (value: number): string => {
  const rounded = Math.round(value * 10) / 10;
  return Object.is(rounded, -0) ? '0' : String(rounded);
};

const at = (curve: Curve, index: number): Point => curve[index] ?? [0, 0];

function wrapIndex(index: number, length: number, closed: boolean): number {
  return closed ? (index + length) % length : Math.min(length - 1, Math.max(0, index));
}

/** Curve commands through all points after the first (Catmull-Rom turned into Béziers). */
function commands(curve: Curve, closed: boolean): string {
  const count = closed ? curve.length : curve.length - 1;
  let path = '';
  for (let i = 0; i < count; i += 1) {
    const p0 = at(curve, wrapIndex(i - 1, curve.length, closed));
    const p1 = at(curve, i);
    const p2 = at(curve, wrapIndex(i + 1, curve.length, closed));
    const p3 = at(curve, wrapIndex(i + 2, curve.length, closed));
    path += `C${n(p1[0] + (p2[0] - p0[0]) / 6)} ${n(p1[1] + (p2[1] - p0[1]) / 6)} ${n(p2[0] - (p3[0] - p1[0]) / 6)} ${n(
      p2[1] - (p3[1] - p1[1]) / 6,
    )} ${n(p2[0])} ${n(p2[1])}`;
  }
  return path;
}

const moveTo = (point: Point): string => `M${n(point[0])} ${n(point[1])}`;

export const openPath = (curve: Curve): string => moveTo(at(curve, 0)) + commands(curve, false);
export const closedPath = (curve: Curve): string => `${moveTo(at(curve, 0)) + commands(curve, true)}Z`;

/** The region between two edges that run the same way. */
export function panelPath(left: Curve, right: Curve): string {
  const back = right.toReversed();
  return `${moveTo(at(left, 0)) + commands(left, false)}L${n(at(back, 0)[0])} ${n(at(back, 0)[1])}${commands(back, false)}Z`;
}

/** The point at `t` in [0, 1] of a smooth curve. */
export function pointAt(curve: Curve, t: number): Point {
  const span = Math.min(0.9999, Math.max(0, t)) * (curve.length - 1);
  const i = Math.floor(span);
  const u = span - i;
  const p0 = at(curve, Math.max(0, i - 1));
  const p1 = at(curve, i);
  const p2 = at(curve, Math.min(curve.length - 1, i + 1));
  const p3 = at(curve, Math.min(curve.length - 1, i + 2));
  const axis = (k: 0 | 1): number =>
    0.5 *
    (2 * p1[k] +
      (p2[k] - p0[k]) * u +
      (2 * p0[k] - 5 * p1[k] + 4 * p2[k] - p3[k]) * u * u +
      (3 * p1[k] - p0[k] - 3 * p2[k] + p3[k]) * u * u * u);
  return [axis(0), axis(1)];
}

export const between = (a: Point, b: Point, t: number): Point => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];

/** A curve between two edges of a panel; `across` 0 is the left edge, 1 the right. */
export function innerCurve(left: Curve, right: Curve, across: number, from = 0, to = 1): Curve {
  const steps = 6;
  return Array.from({ length: steps + 1 }, (_, i) => {
    const t = from + ((to - from) * i) / steps;
    return between(pointAt(left, t), pointAt(right, t), across);
  });
}

/** A closed stroke along a curve whose width swells to `width` and tapers to a point at both ends. */
export function taperedPath(curve: Curve, width: number, rootShare = 0.3): string {
  const steps = 8;
  const left: Point[] = [];
  const right: Point[] = [];
  for (let i = 0; i <= steps; i += 1) {
    const t = i / steps;
    const [x, y] = pointAt(curve, t);
    const ahead = pointAt(curve, Math.min(1, t + 0.02));
    const behind = pointAt(curve, Math.max(0, t - 0.02));
    const length = Math.hypot(ahead[0] - behind[0], ahead[1] - behind[1]) || 1;
    const half = (width / 2) * Math.max(i === 0 ? rootShare : 0, Math.sin(Math.PI * Math.min(1, 0.12 + t * 0.88)));
    const nx = (-(ahead[1] - behind[1]) / length) * half;
    const ny = ((ahead[0] - behind[0]) / length) * half;
    left.push([x + nx, y + ny]);
    right.push([x - nx, y - ny]);
  }
  return panelPath(left, right);
}

export const mirrored = (curve: Curve): Curve => curve.map(([x, y]) => [-x, y] as const);
export const shifted = (curve: Curve, dx: number, dy: number): Curve =>
  curve.map(([x, y]) => [x + dx, y + dy] as const);
