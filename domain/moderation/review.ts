/**
 * What the studio thinks of an avatar's image. `needs_review`: the content check was in doubt; the image is hidden until
 * an admin approves it. One that is rejected is removed, so there is no word for it here.
 */
export const REVIEW_STATES = ['clear', 'needs_review', 'approved'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** What the content check says of one image. */
export const IMAGE_CHECK_OUTCOMES = ['pass', 'review', 'block'] as const;
export type ImageCheckOutcome = (typeof IMAGE_CHECK_OUTCOMES)[number];
