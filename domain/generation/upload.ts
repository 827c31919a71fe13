/** Maximum size of an uploaded image, bytes. */
export const UPLOAD_MAX_BYTES = 10 * 1024 * 1024;
/** Minimum shorter side in pixels: smaller images look bad in the gallery and give a provider too little detail. */
export const UPLOAD_MIN_SIDE_PX = 256;
/** Reference images are meant for the next generation, not for storage. */
export const REFERENCE_LIFETIME_MS = 24 * 60 * 60_000;
/** An image used in a request shortly before it expires must remain readable until the generation starts. */
export const REFERENCE_GRACE_MS = 60 * 60_000;
/** Maximum reference images of an account at a time: they are free, so their number is limited. */
export const REFERENCES_MAX = 50;
