import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageCheckOutcome, type ImageScores } from './image-check.ts';

const calm: ImageScores = { drawing: 0, hentai: 0, neutral: 1, porn: 0, sexy: 0 };

describe('the image check', () => {
  it.each<[string, Partial<ImageScores>]>([
    ['pass', {}],
    ['pass', { sexy: 0.89 }],
    ['pass', { porn: 0.3, hentai: 0.19 }],
    ['review', { porn: 0.3, hentai: 0.2 }],
    ['review', { sexy: 0.9 }],
    ['review', { porn: 0.84 }],
    ['block', { porn: 0.85 }],
    ['block', { hentai: 0.5, porn: 0.4, sexy: 0.95 }],
  ])('has the outcome %s for %o', (outcome, scores) => {
    expect(imageCheckOutcome({ ...calm, ...scores })).toBe(outcome);
  });

  it('never gives a more explicit image a milder outcome', () => {
    const severity = { pass: 0, review: 1, block: 2 };
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, share, share, (porn, hentai, sexy, more) => {
        const before = imageCheckOutcome({ ...calm, porn, hentai, sexy });
        for (const worse of [{ porn: porn + more }, { hentai: hentai + more }, { sexy: sexy + more }]) {
          const after = imageCheckOutcome({ ...calm, porn, hentai, sexy, ...worse });
          expect(severity[after]).toBeGreaterThanOrEqual(severity[before]);
        }
      }),
    );
  });
});
