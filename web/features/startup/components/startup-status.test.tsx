import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Startup } from '#contract/startup.ts';
import { renderInStudio } from '#web/testing/render-in-studio.tsx';
import { StartupStatus } from './startup-status.tsx';

afterEach(cleanup);

const preparing: Startup = {
  canGenerate: false,
  parts: [
    { part: 'storage', state: 'ready', detail: null, startedAt: '2026-03-01T12:00:00.000Z' },
    {
      part: 'temporal',
      state: 'preparing',
      detail: 'Building temporal-server: 412 packages compiled',
      startedAt: new Date().toISOString(),
    },
    { part: 'worker', state: 'waiting', detail: null, startedAt: null },
  ],
};

describe('StartupStatus', () => {
  it('says what is prepared, how far it is and what it is for, until generations can run', async () => {
    let body: Startup = preparing;
    const { container, sent } = renderInStudio(<StartupStatus />, { answer: () => ({ body }) });
    await screen.findByRole('heading', { name: 'The engine is being prepared' });
    const text = screen.getAllByRole('listitem').map((item) => item.textContent);
    expect(text[0]).toBe('Image storage stores uploads and finished imagesready');
    expect(text[1]).toMatch(/^Temporal server runs every .* 412 packages compiled · \d s$/);
    expect(text[2]).toContain('waiting');

    body = { canGenerate: true, parts: [] };
    await waitFor(() => expect(container.textContent).toBe(''), { timeout: 4_000 });
    expect(sent).toHaveLength(2);
  });

  it('shows nothing and does not ask again where everything is ready', async () => {
    const { container, sent } = renderInStudio(<StartupStatus />, {
      answer: () => ({ body: { canGenerate: true, parts: [] } }),
    });
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(container.textContent).toBe('');
  });
});
