/**
 * Review status of an avatar's image. `needs_review`: the content check was not sure; the image is hidden until an admin
 * approves it. A rejected image is removed, so it has no status.
 */
export const REVIEW_STATES = ['clear', 'needs_review', 'approved'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** Outcomes of the content check of one image. */
export const IMAGE_CHECK_OUTCOMES = ['pass', 'review', 'block'] as const;
export type ImageCheckOutcome = (typeof IMAGE_CHECK_OUTCOMES)[number];
