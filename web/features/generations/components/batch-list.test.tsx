import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import type { BatchProgress } from '../batches.ts';
import { BatchList } from './batch-list.tsx';

afterEach(cleanup);

const BATCH: BatchProgress = {
  batchId: '01939ca1-7b1c-7a2d-9e3f-506172839405',
  name: 'Tavern keeper',
  size: 8,
  done: 3,
  failed: 1,
  cancelled: 0,
  activeCount: 4,
};

describe('BatchList', () => {
  it('shows the progress as text and as a bar', () => {
    renderInStudio(<BatchList batches={[BATCH]} />);
    expect(screen.getByText('3 of 8 done, 1 failed')).toBeTruthy();
    const bar = screen.getByRole('progressbar', { name: 'Batch Tavern keeper' });
    expect([bar.getAttribute('aria-valuenow'), bar.getAttribute('aria-valuemax')]).toEqual(['4', '8']);
  });

  it('cancels the rest of a batch once', async () => {
    const answer = () => ({ status: 202, body: { generations: [] } });
    const { user, sent } = renderInStudio(<BatchList batches={[BATCH]} />, { answer });
    const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Cancel the rest of Tavern keeper' });
    await user.click(button);
    await waitFor(() => expect(button.textContent).toContain('Cancelling'));
    await user.click(button);
    expect(sent).toMatchObject([{ method: 'POST', path: `/batches/${BATCH.batchId}/cancel` }]);
  });

  it('renders nothing without batches', () => {
    const { container } = renderInStudio(<BatchList batches={[]} />);
    expect(container.textContent).toBe('');
  });
});
