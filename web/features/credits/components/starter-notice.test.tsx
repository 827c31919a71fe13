import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { StarterNotice } from './starter-notice.tsx';

afterEach(cleanup);

const HOUR_MS = 3_600_000;

describe('the notice about withheld starter credits', () => {
  it('says why, and how and when they are given', () => {
    const retryAt = new Date(Date.now() + HOUR_MS).toISOString();
    renderInStudio(<StarterNotice starterCredits={{ amount: 100, reason: 'network', retryAt }} />);
    expect(screen.getByRole('note').textContent).toMatch(
      /^Your 100\u00A0starter credits have not been given yet, because many new accounts share your network\. Starter credits are given after your address is verified where you sign in, or come back (tomorrow )?at \d\d:\d\d \(in \d+\u00A0(?:h|min)\): they are given then if there is room\.$/,
    );
  });

  it('promises nothing to an address that has had some', () => {
    renderInStudio(<StarterNotice starterCredits={{ amount: 100, reason: 'address', retryAt: null }} />);
    expect(screen.getByRole('note').textContent).toMatch(/Starter credits are given once per person\.$/);
  });

  it('is not shown when none are withheld', () => {
    renderInStudio(<StarterNotice starterCredits={null} />);
    expect(screen.queryByRole('note')).toBeNull();
  });
});
