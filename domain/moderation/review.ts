/**
 * Review status of an avatar's image. `needs_review`: the content check was not sure; the image is hidden until an admin
 * approves it. `taken_down`: an admin hid it after a report. A rejected image is removed, so it has no status.
 */
export const REVIEW_STATES = ['clear', 'needs_review', 'approved', 'taken_down'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** Only admins see an image in one of these states. */
export const HIDDEN_STATES = ['needs_review', 'taken_down'] as const satisfies readonly ReviewState[];

export function isHidden(review: ReviewState): boolean {
  return HIDDEN_STATES.some((state) => state === review);
}

/** Outcomes of the content check of one image. */
export const IMAGE_CHECK_OUTCOMES = ['pass', 'review', 'block'] as const;
export type ImageCheckOutcome = (typeof IMAGE_CHECK_OUTCOMES)[number];
