import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { renderInStudio } from '../testing/render-in-studio.tsx';
import { Sheet } from './sheet.tsx';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const open = () =>
  renderInStudio(
    <Sheet title="Persona" open onClose={() => {}}>
      <form>
        <input type="file" />
        <input aria-label="Name" />
      </form>
    </Sheet>,
  );

describe('Sheet', () => {
  it('focuses the first field, not the close button', async () => {
    open();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Name')));
  });

  it('focuses no field on a touch screen, where that would open the keyboard', async () => {
    vi.spyOn(globalThis, 'matchMedia').mockImplementation(
      (query) => ({ matches: /coarse/u.test(query) }) as MediaQueryList,
    );
    open();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('dialog')));
  });
});
