import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
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

it('has the focus in what one came for, not on the cross', async () => {
  open();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Name')));
});

it('leaves fields alone on touch, where the focus would raise the keyboard', async () => {
  vi.spyOn(globalThis, 'matchMedia').mockImplementation(
    (query) => ({ matches: /coarse/u.test(query) }) as MediaQueryList,
  );
  open();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('dialog')));
});
