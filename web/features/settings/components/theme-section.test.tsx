import { cleanup, screen } from '@testing-library/react';
import { describe, afterEach, expect, it } from 'vitest';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { ThemeSection } from './theme-section.tsx';

afterEach(() => {
  cleanup();
  localStorage.clear();
  delete document.documentElement.dataset['theme'];
});

describe('the theme section', () => {
  it('sets the theme of this browser and resets it to the system’s', async () => {
    const { user } = renderInStudio(<ThemeSection />);
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Match system' }).checked).toBe(true);
    await user.click(screen.getByRole('radio', { name: 'Dark' }));
    expect([document.documentElement.dataset['theme'], localStorage.getItem('theme')]).toEqual(['dark', 'dark']);
    await user.click(screen.getByRole('radio', { name: 'Match system' }));
    expect([document.documentElement.dataset['theme'], localStorage.getItem('theme')]).toEqual([undefined, null]);
  });
});
