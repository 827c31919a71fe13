import { cleanup, screen, within } from '@testing-library/react';
import { describe, afterEach, expect, it } from 'vitest';
import { aGeneration, anAvatar, PROJECT_ID } from '#contract/testing/samples.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import type { Transfer } from '../api/use-statement.ts';
import { Statement } from './statement.tsx';

afterEach(cleanup);

const avatar = anAvatar();
const generation = aGeneration({ status: 'completed', avatar });

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

function cells(transfer: Transfer): (string | null)[] {
  renderInStudio(<Statement transfers={[transfer]} generations={new Map([[generation.id, generation]])} />);
  const [, row] = screen.getAllByRole('row');
  return within(row!)
    .getAllByRole('cell')
    .slice(2)
    .map(({ textContent }) => textContent);
}

describe('the statement', () => {
  it('shows the transfer’s type, its amount and the credits available after it', () => {
    expect(cells(transferWith({}))).toEqual(['Reserved', '\u221210', '90']);
  });

  it('names a transfer after its avatar and links to it', () => {
    cells(transferWith({ kind: 'capture' }));
    const link = screen.getByRole('link', { name: 'Noir detective' });
    expect(link.getAttribute('href')).toBe(`/projects/${PROJECT_ID}/avatars/${avatar.id}`);
  });

  it('names a top-up after its reason', () => {
    cells(transferWith({ kind: 'topup', generationId: null, reason: 'order-4711' }));
    expect(screen.getByText('order-4711')).toBeTruthy();
  });

  it('shows "An avatar" for generations that are no longer listed', () => {
    cells(transferWith({ generationId: '01939ca0-3000-7a3a-8b2c-3d4e5f607182' }));
    expect(screen.getByText('An avatar')).toBeTruthy();
  });
});
