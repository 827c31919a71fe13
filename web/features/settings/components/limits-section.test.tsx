import { cleanup, screen } from '@testing-library/react';
import { describe, afterEach, expect, it } from 'vitest';
import { type Profile, profile } from '#contract/profile.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { LimitsSection } from './limits-section.tsx';

afterEach(cleanup);

const { examples } = profile.meta() as { examples: [Profile] };

describe('the limits section', () => {
  it('shows how much of each limit is used', () => {
    renderInStudio(<LimitsSection profile={examples[0]} />);
    expect(screen.getByText('You are on the free tier.')).toBeTruthy();
    expect(screen.getByText('3 of 50')).toBeTruthy();
    expect(screen.getByText('2 of 40')).toBeTruthy();
    expect(screen.getByText('1 of 20')).toBeTruthy();
  });
});
