import { expect, it } from 'vitest';
import { isHidden, REVIEW_STATES } from './review.ts';

it('an image is hidden while it needs review, and when it was taken down', () => {
  expect(REVIEW_STATES.filter(isHidden)).toEqual(['needs_review', 'taken_down']);
});
