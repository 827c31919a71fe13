import { act, cleanup, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { useQueue } from './use-queue.ts';

afterEach(cleanup);

function QueueReader({ ownState = '' }) {
  const [changes, setChanges] = useState(ownState);
  const { data } = useQueue(changes);
  return (
    <button type="button" onClick={() => setChanges(`${changes} changed`)}>
      {data ? `${data.running} running` : 'loading'}
    </button>
  );
}

describe('useQueue', () => {
  it('refetches after a delay, and only once for several changes in a row', async () => {
    let running = 0;
    const answer = () => ({ body: { running: (running += 1), waiting: [], estimates: [], drainPerMinute: 0 } });
    const { user, sent } = renderInStudio(<QueueReader />, { answer });
    const button = await screen.findByText('1 running');
    await user.click(button);
    await user.click(button);
    await act(() => waitFor(() => expect(button.textContent).toBe('2 running')));
    expect(sent).toHaveLength(2);
  });

  it('refetches once when it begins with own generations, which may be newer than the first response', async () => {
    let running = -1;
    const answer = () => ({ body: { running: (running += 1), waiting: [], estimates: [], drainPerMinute: 0 } });
    const { sent } = renderInStudio(<QueueReader ownState="a processing" />, { answer });
    const button = await screen.findByText('0 running');
    await act(() => waitFor(() => expect(button.textContent).toBe('1 running')));
    expect(sent).toHaveLength(2);
  });
});
