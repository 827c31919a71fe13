import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { NoCreditsNotice } from './no-credits-notice.tsx';

afterEach(cleanup);

const ACCOUNT_ID = '01939ca0-4000-7a3a-8b2c-3d4e5f607182';
const PRICES = { generate: 10, preset: 8, upload: 2 };

function show(available: number, held = 0) {
  const credits = { available, held, posted: available + held };
  return renderInStudio(<NoCreditsNotice credits={credits} prices={PRICES} accountId={ACCOUNT_ID} />);
}

describe('with too few credits for any avatar', () => {
  it('the page says where credits come from', () => {
    show(0);
    expect(screen.getByRole('note').textContent).toMatch(
      /^You have no credits to spend.*at least 2\. Credits are added/u,
    );
    cleanup();
    show(1);
    expect(screen.getByRole('note').textContent).toMatch(/^You have 1\scredit to spend/u);
  });

  it('the account id that an administrator asks for can be copied', async () => {
    const { user } = show(0);
    await user.click(screen.getByRole('button', { name: 'Copy account id' }));
    expect(await navigator.clipboard.readText()).toBe(ACCOUNT_ID);
  });

  it('the page mentions credits that may be returned', () => {
    show(0);
    expect(screen.getByRole('note').textContent).not.toContain('held');
    cleanup();
    show(0, 20);
    expect(screen.getByRole('note').textContent).toContain('Another 20 are held');
  });

  it('and with enough for the cheapest avatar, nothing is said', () => {
    show(2);
    expect(screen.queryByRole('note')).toBeNull();
  });
});
