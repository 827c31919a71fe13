import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { Toaster } from 'sonner';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PRESET } from '#contract/testing/samples.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { useDelayedPresetDeletion } from './use-delayed-preset-deletion.ts';

const LONG_ENOUGH_MS = 9_000;

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function PresetList() {
  const { hiddenIds, deletePreset } = useDelayedPresetDeletion();
  return (
    <>
      {!hiddenIds.has(PRESET.id) && <p>Executive</p>}
      <button type="button" onClick={() => deletePreset(PRESET)}>
        Delete
      </button>
    </>
  );
}

async function deleteIt() {
  const view = renderInStudio(
    <>
      <PresetList />
      <Toaster />
    </>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Delete' }));
  await screen.findByRole('button', { name: 'Undo' });
  expect(screen.queryByText('Executive')).toBeNull();
  return { ...view, deletions: () => view.sent.filter(({ method }) => method === 'DELETE') };
}

describe('useDelayedPresetDeletion', () => {
  it('sends the deletion only once Undo is no longer offered', async () => {
    const { deletions } = await deleteIt();
    expect(deletions()).toEqual([]);
    await act(() => vi.advanceTimersByTimeAsync(LONG_ENOUGH_MS));
    await waitFor(() => expect(deletions()).toHaveLength(1));
  });

  it('sends nothing after Undo', async () => {
    const { deletions } = await deleteIt();
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('Executive')).toBeTruthy();
    await act(() => vi.advanceTimersByTimeAsync(LONG_ENOUGH_MS));
    expect(deletions()).toEqual([]);
  });

  it('sends the deletion when the user leaves the page', async () => {
    const { deletions, unmount } = await deleteIt();
    unmount();
    await waitFor(() => expect(deletions()).toHaveLength(1));
  });
});
