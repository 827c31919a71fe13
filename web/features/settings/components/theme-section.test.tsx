import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { ThemeSection } from './theme-section.tsx';

afterEach(() => {
  cleanup();
  localStorage.clear();
  delete document.documentElement.dataset['theme'];
});

it('chooses a theme for this browser, and leaves it to the system again', async () => {
  const { user } = renderInStudio(<ThemeSection />);
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'As the system' }).checked).toBe(true);
  await user.click(screen.getByRole('radio', { name: 'Dark' }));
  expect([document.documentElement.dataset['theme'], localStorage.getItem('theme')]).toEqual(['dark', 'dark']);
  await user.click(screen.getByRole('radio', { name: 'As the system' }));
  expect([document.documentElement.dataset['theme'], localStorage.getItem('theme')]).toEqual([undefined, null]);
});
