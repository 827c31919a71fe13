/** Of an image as it is sent, bytes. */
export const UPLOAD_MAX_BYTES = 10 * 1024 * 1024;
/** Smaller ones look bad in the gallery and teach a provider nothing; the shorter side, pixels. */
export const UPLOAD_MIN_SIDE_PX = 256;
/** A reference image is for the next making, not an archive. */
export const REFERENCE_LIFETIME_MS = 24 * 60 * 60_000;
/** One that was named in an order just before it expired is still read when the order's turn comes. */
export const REFERENCE_GRACE_MS = 60 * 60_000;
/** Reference images that one account has at a time; they are free, so they are counted. */
export const REFERENCES_MAX = 50;
