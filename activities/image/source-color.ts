import type { Chromaticities, ColorCoding } from './header/color-coding.ts';
import type { RawImage } from './raw-image.ts';

/** Code points of ITU-T H.273. */
const PQ = 16;
const HLG = 18;
const LINEAR = 8;
/** Gammas by code point. Browsers show the curves of television as on a television (BT.1886). */
const GAMMAS: Readonly<Record<number, number>> = { 1: 2.4, 4: 2.2, 5: 2.8, 6: 2.4, 14: 2.4, 15: 2.4, [LINEAR]: 1 };

const D65 = [0.3127, 0.329] as const;
const SRGB: Chromaticities = { white: D65, red: [0.64, 0.33], green: [0.3, 0.6], blue: [0.15, 0.06] };
const PRIMARIES: Readonly<Record<number, Chromaticities>> = {
  5: { white: D65, red: [0.64, 0.33], green: [0.29, 0.6], blue: [0.15, 0.06] },
  6: { white: D65, red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07] },
  7: { white: D65, red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07] },
  9: { white: D65, red: [0.708, 0.292], green: [0.17, 0.797], blue: [0.131, 0.046] },
  11: { white: [0.314, 0.351], red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06] },
  12: { white: D65, red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06] },
};
/** How nearly all programs write that an image is sRGB, and how far libpng and browsers let it differ. */
const SRGB_GAMMA = 1 / 2.2;
const GAMMA_TOLERANCE = 0.05;
const POINT_TOLERANCE = 0.005;
/** From XYZ to the response of the eye's cones, in which whites are adapted to each other (Bradford). */
const CONES: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

const MAX_LEVEL = 255;
/** Steps of light between black and white: fine enough for the dark ones. */
const LIGHT_STEPS = 16_384;

type Row = readonly [number, number, number];
type Matrix = readonly [Row, Row, Row];
type ToLight = (sample: number) => number;

export function isHdr(coding: ColorCoding | undefined): boolean {
  return coding?.kind === 'code points' && (coding.transfer === PQ || coding.transfer === HLG);
}

/** Converts pixels of three or four channels in place to sRGB. Light that sRGB can't show is clipped, as browsers do. */
export function convertToSrgb({ data, info }: RawImage, coding: ColorCoding | undefined): void {
  if (coding === undefined) return;
  const matrix = matrixOf(primariesOf(coding));
  const toLight = toLightOf(coding, matrix !== undefined);
  if (toLight === undefined && matrix === undefined) return;
  const light = Float64Array.from({ length: MAX_LEVEL + 1 }, (_, level) => (toLight ?? srgbToLight)(level / MAX_LEVEL));
  const levels = Uint8Array.from({ length: LIGHT_STEPS + 1 }, (_, step) =>
    Math.round(lightToSrgb(step / LIGHT_STEPS) * MAX_LEVEL),
  );
  const levelOf = (amount: number) => levels[Math.round(Math.min(1, Math.max(0, amount)) * LIGHT_STEPS)]!;
  const [red, green, blue] = matrix ?? IDENTITY;
  for (let at = 0; at < data.length; at += info.channels) {
    const [r, g, b] = [light[data[at]!]!, light[data[at + 1]!]!, light[data[at + 2]!]!];
    data[at] = levelOf(red[0] * r + red[1] * g + red[2] * b);
    data[at + 1] = levelOf(green[0] * r + green[1] * g + green[2] * b);
    data[at + 2] = levelOf(blue[0] * r + blue[1] * g + blue[2] * b);
  }
}

/** Converts ink to light as every browser does where no profile says which inks: 255 is full ink. @returns three channels */
export function cmykToRgb({ data, info }: RawImage): RawImage {
  const pixels = info.width * info.height;
  const rgb = Buffer.alloc(pixels * 3);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const paper = MAX_LEVEL - data[pixel * 4 + 3]!;
    for (let ink = 0; ink < 3; ink += 1) {
      rgb[pixel * 3 + ink] = Math.round(((MAX_LEVEL - data[pixel * 4 + ink]!) * paper) / MAX_LEVEL);
    }
  }
  return { data: rgb, info: { ...info, channels: 3 } };
}

/** Undefined for the curve of sRGB. */
function toLightOf(coding: ColorCoding, hasOwnPrimaries: boolean): ToLight | undefined {
  if (coding.kind === 'gamma') {
    const { gamma } = coding;
    const isSrgb = !hasOwnPrimaries && Math.abs(gamma / SRGB_GAMMA - 1) <= GAMMA_TOLERANCE;
    return isSrgb ? undefined : (sample) => sample ** (1 / gamma);
  }
  const gamma = GAMMAS[coding.transfer];
  return gamma === undefined ? undefined : (sample) => sample ** gamma;
}

/** Undefined for those of sRGB. */
function primariesOf(coding: ColorCoding): Chromaticities | undefined {
  const primaries = coding.kind === 'gamma' ? coding.primaries : PRIMARIES[coding.primaries];
  if (primaries === undefined) return undefined;
  const isNear = (['white', 'red', 'green', 'blue'] as const).every((name) =>
    [0, 1].every((axis) => Math.abs(primaries[name][axis]! - SRGB[name][axis]!) <= POINT_TOLERANCE),
  );
  return isNear ? undefined : primaries;
}

const IDENTITY: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** From the light of these primaries to that of sRGB; white stays white. */
function matrixOf(source: Chromaticities | undefined): Matrix | undefined {
  if (source === undefined) return undefined;
  const [seen, wanted] = [source, SRGB].map((coding) => CONES.map((row) => sum(row, whiteOf(coding))));
  const scaled = CONES.map((row, cone) => row.map((part) => (part * wanted![cone]!) / seen![cone]!));
  const adapt = product(inverse(CONES), scaled as unknown as Matrix);
  return product(inverse(xyzOf(SRGB)), product(adapt, xyzOf(source)));
}

/** The columns are the primaries' XYZ, scaled so that they add up to white. */
function xyzOf(coding: Chromaticities): Matrix {
  const columns = [coding.red, coding.green, coding.blue].map(([x, y]): Row => [x / y, 1, (1 - x - y) / y]);
  const unscaled = [0, 1, 2].map((axis) => columns.map((column) => column[axis])) as unknown as Matrix;
  const scales = inverse(unscaled).map((row) => sum(row, whiteOf(coding)));
  return unscaled.map((row) => row.map((part, column) => part * scales[column]!)) as unknown as Matrix;
}

function whiteOf({ white: [x, y] }: Chromaticities): Row {
  return [x / y, 1, (1 - x - y) / y];
}

function sum(row: Row, column: Row): number {
  return row[0] * column[0] + row[1] * column[1] + row[2] * column[2];
}

function product(left: Matrix, right: Matrix): Matrix {
  const columns = [0, 1, 2].map((at): Row => [right[0][at]!, right[1][at]!, right[2][at]!]);
  return left.map((row) => columns.map((column) => sum(row, column))) as unknown as Matrix;
}

function inverse([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  const cofactors: Matrix = [
    [e * i - f * h, c * h - b * i, b * f - c * e],
    [f * g - d * i, a * i - c * g, c * d - a * f],
    [d * h - e * g, b * g - a * h, a * e - b * d],
  ];
  return cofactors.map((row) => row.map((part) => part / determinant)) as unknown as Matrix;
}

function srgbToLight(sample: number): number {
  return sample <= 0.04045 ? sample / 12.92 : ((sample + 0.055) / 1.055) ** 2.4;
}

function lightToSrgb(light: number): number {
  return light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
}
