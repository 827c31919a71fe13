/** Colors are '#rrggbb'. Mixing happens in OKLab, so that shadows keep their hue instead of going gray. */
export type Color = `#${string}`;
type Triple = readonly [number, number, number];

/** Red, green and blue, 0..255. */
export type Rgb = Triple;

export function hex(channels: Rgb): Color {
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

export function toRgb(color: Color): Rgb {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function toLinear(channel: number): number {
  const v = channel / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
}

function toByte(linear: number): string {
  const v = Math.min(1, Math.max(0, linear));
  const encoded = v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255)
    .toString(16)
    .padStart(2, '0');
}

function toLab(color: Color): Triple {
  const [r, g, b] = toRgb(color).map(toLinear) as unknown as Triple;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromLab([luma, a, b]: Triple): Color {
  const l = (luma + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (luma - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (luma - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return `#${toByte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)}${toByte(
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
  )}${toByte(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)}`;
}

/** @param amount 0 gives `from`, 1 gives `to` */
export function mix(from: Color, to: Color, amount: number): Color {
  const a = toLab(from);
  const b = toLab(to);
  return fromLab([a[0] + (b[0] - a[0]) * amount, a[1] + (b[1] - a[1]) * amount, a[2] + (b[2] - a[2]) * amount]);
}

/** Perceived lightness, 0 black to 1 white. */
export function lightness(color: Color): number {
  return toLab(color)[0];
}

/** How different two colors look, 0 equal to about 1. */
export function distance(a: Color, b: Color): number {
  const x = toLab(a);
  const y = toLab(b);
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

export const lighten = (color: Color, amount: number): Color => mix(color, '#ffffff', amount);
export const darken = (color: Color, amount: number): Color => mix(color, '#0b0812', amount);

/** The color of the same thing in shade: darker, a little richer, cooler or warmer towards `tint`. */
export function shade(color: Color, amount: number, tint: Color = '#3a1030'): Color {
  const [l, a, b] = toLab(color);
  const rich = 1 + amount * 0.35;
  return mix(fromLab([l * (1 - amount * 0.62), a * rich, b * rich]), tint, amount * 0.16);
}

/** Moves the saturation: 0 gray, 1 unchanged, above 1 richer. */
export function saturate(color: Color, factor: number): Color {
  const [l, a, b] = toLab(color);
  return fromLab([l, a * factor, b * factor]);
}
