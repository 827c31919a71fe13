/** A channel's value kept within a byte. */
export const clampByte = (v: number): number => (v < 0 ? 0 : v > 255 ? 255 : v);
