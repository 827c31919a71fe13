/** CIE 1931 x and y. */
type Point = readonly [x: number, y: number];

/** The colors of a display's primaries and of its white. */
export interface Chromaticities {
  readonly white: Point;
  readonly red: Point;
  readonly green: Point;
  readonly blue: Point;
}

/** How an image without an ICC profile codes its colors, if not as sRGB. */
export type ColorCoding =
  /** Of ITU-T H.273, as in PNG's cICP and AVIF's nclx. */
  | { readonly kind: 'code points'; readonly primaries: number; readonly transfer: number }
  /** sample = light ^ gamma, as in PNG's gAMA. */
  | { readonly kind: 'gamma'; readonly gamma: number; readonly primaries: Chromaticities | undefined };
