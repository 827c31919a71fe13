import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { foundAccounts } from '#contract/admin-account.ts';
import { examplesOf } from '#contract/openapi/schemas.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { AccountSearch } from './account-search.tsx';

afterEach(cleanup);

it('asks when the form is sent, not at each keystroke, because every search is recorded', async () => {
  const onSearch = vi.fn<(q: string) => void>();
  const { user, sent } = renderInStudio(<AccountSearch q="" onSearch={onSearch} />);
  await user.type(screen.getByRole('searchbox'), ' ada {Enter}');
  expect(onSearch).toHaveBeenCalledExactlyOnceWith('ada');
  expect(sent).toEqual([]);
});

it('lists what was found, or says that nothing was', async () => {
  const found = renderInStudio(<AccountSearch q="ada" onSearch={() => {}} />, {
    answer: () => ({ body: examplesOf(foundAccounts)[0] }),
  });
  expect((await screen.findByRole('link', { name: /Ada/ })).getAttribute('href')).toMatch(/^\/admin\/accounts\//);
  expect(found.sent[0]?.path).toContain('q=ada');
  found.unmount();
  const meta = { nextCursor: null, hasMore: false, total: 0, totalIsExact: true };
  renderInStudio(<AccountSearch q="nobody" onSearch={() => {}} />, { answer: () => ({ body: { data: [], meta } }) });
  expect(await screen.findByText('No account has this name or sign-in.')).toBeTruthy();
});

it('is cleared by a button, without a search', async () => {
  const onSearch = vi.fn<(q: string) => void>();
  const { user } = renderInStudio(<AccountSearch q="" onSearch={onSearch} />);
  await user.type(screen.getByRole('searchbox'), 'ada');
  await user.click(screen.getByRole('button', { name: 'Clear the search' }));
  const field = screen.getByRole<HTMLInputElement>('searchbox');
  expect([field.value, document.activeElement]).toEqual(['', field]);
  expect(onSearch).not.toHaveBeenCalled();
});
