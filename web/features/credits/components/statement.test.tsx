import { cleanup, screen, within } from '@testing-library/react';
import { describe, afterEach, expect, it } from 'vitest';
import { aGeneration, anAvatar, PROJECT_ID } from '#contract/testing/samples.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import type { Transfer } from '../api/use-statement.ts';
import { Statement } from './statement.tsx';

afterEach(cleanup);

const avatar = anAvatar();
const generation = aGeneration({ status: 'completed', name: 'As asked for', avatar });

function transferWith(changes: Partial<Transfer>): Transfer {
  return {
    id: '01939ca0-2000-7a3a-8b2c-3d4e5f607182',
    kind: 'reserve',
    amount: 10,
    availableAfter: 90,
    generationId: generation.id,
    reason: null,
    createdAt: '2026-11-23T08:00:00.000Z',
    ...changes,
  };
}

function show(...transfers: Transfer[]) {
  return renderInStudio(<Statement transfers={transfers} generations={new Map([[generation.id, generation]])} />);
}

const reserved = transferWith({});
const charged = transferWith({ id: '01939ca0-2001-7a3a-8b2c-3d4e5f607182', kind: 'capture' });
const refunded = transferWith({
  id: '01939ca0-2002-7a3a-8b2c-3d4e5f607182',
  kind: 'refund',
  availableAfter: 100,
  reason: 'Blurry',
});
const toggle = () => screen.getByRole('button', { name: 'Steps of Noir detective' });
const stepTexts = () =>
  within(screen.getByRole('list', { name: 'Steps of Noir detective' }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);

describe('the statement', () => {
  it('shows one row a generation, with what it came to', () => {
    show(refunded, charged, reserved);
    const [, ...rows] = screen.getAllByRole('row');
    expect(rows).toHaveLength(1);
    const cells = within(rows[0]!).getAllByRole('cell');
    expect(cells.slice(2, 4).map(({ textContent }) => textContent)).toEqual(['Refunded', '0']);
  });

  it('opens a row to its steps, each with the credits available after it, and closes it again', async () => {
    const { user } = show(refunded, charged, reserved);
    expect(toggle().getAttribute('aria-expanded')).toBe('false');
    await user.click(toggle());
    expect(toggle().getAttribute('aria-expanded')).toBe('true');
    expect(stepTexts()).toEqual([
      expect.stringMatching(/Refunded: Blurry\+10100 available$/u),
      expect.stringMatching(/Charged090 available$/u),
      expect.stringMatching(/Reserved\u22121090 available$/u),
    ]);
    await user.click(toggle());
    expect(screen.queryByRole('list')).toBeNull();
  });

  it('says that earlier steps are not loaded yet', async () => {
    const { user } = show(charged);
    await user.click(toggle());
    expect(screen.getByText('Earlier steps are shown once more of the statement is loaded.')).toBeTruthy();
    cleanup();
    const whole = show(charged, reserved);
    await whole.user.click(toggle());
    expect(screen.queryByText(/^Earlier steps/u)).toBeNull();
  });

  it('names a generation after its avatar, as it is called now, and links to it', () => {
    show(charged);
    const link = screen.getByRole('link', { name: 'Noir detective' });
    expect(link.getAttribute('href')).toBe(`/projects/${PROJECT_ID}/avatars/${avatar.id}`);
  });

  it('names a top-up after its reason, with the credits available after it and without steps', () => {
    show(transferWith({ kind: 'topup', generationId: null, reason: 'order-4711' }));
    expect(screen.getByText('order-4711')).toBeTruthy();
    expect(screen.getByText('90 available after it')).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('shows "An avatar" for generations that are no longer listed, and finds it when the link is followed', () => {
    const generationId = '01939ca0-3000-7a3a-8b2c-3d4e5f607182';
    show(transferWith({ generationId }));
    expect(screen.getByRole('link', { name: 'An avatar' }).getAttribute('href')).toBe(`/generations/${generationId}`);
  });
});
