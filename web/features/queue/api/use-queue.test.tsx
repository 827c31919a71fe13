import { act, cleanup, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { useQueue } from './use-queue.ts';

afterEach(cleanup);

function Looking() {
  const [moved, setMoved] = useState(0);
  const { data } = useQueue(String(moved));
  return (
    <button type="button" onClick={() => setMoved(moved + 1)}>
      {data ? `${data.running} running` : 'reading'}
    </button>
  );
}

it('reads again once what moved has settled, and once only for several moves in a row', async () => {
  let running = 0;
  const answer = () => ({ body: { running: (running += 1), waiting: [], estimates: [], drainPerMinute: 0 } });
  const { user, sent } = renderInStudio(<Looking />, { answer });
  const button = await screen.findByText('1 running');
  await user.click(button);
  await user.click(button);
  await act(() => waitFor(() => expect(button.textContent).toBe('2 running')));
  expect(sent).toHaveLength(2);
});
