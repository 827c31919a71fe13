import { fireEvent, render, screen } from '@testing-library/react';
import { beforeAll, expect, it, vi } from 'vitest';
import { hideInputMethodKeys } from './input-method.ts';

beforeAll(() => hideInputMethodKeys());

it.each([
  ['Safari sends after the composition', { keyCode: 229, isComposing: false }],
  ['others send during it', { keyCode: 13, isComposing: true }],
])('no handler sees a key press that an input method takes, as %s', (_what, init) => {
  const [ofField, ofDocument, capturing] = [vi.fn<() => void>(), vi.fn<() => void>(), vi.fn<() => void>()];
  document.addEventListener('keydown', ofDocument);
  document.addEventListener('keydown', capturing, { capture: true });
  render(<input aria-label={String(init.keyCode)} onKeyDown={ofField} />);
  const field = screen.getByLabelText(String(init.keyCode));
  for (const key of ['Enter', 'Escape', 'Tab']) {
    expect(fireEvent.keyDown(field, { key, ...init })).toBe(true); // the browser still does what it does with the key
  }
  for (const handler of [ofField, ofDocument, capturing]) expect(handler).not.toHaveBeenCalled();
  fireEvent.keyDown(field, { key: 'Enter', keyCode: 13 });
  for (const handler of [ofField, ofDocument, capturing]) expect(handler).toHaveBeenCalledOnce();
  document.removeEventListener('keydown', ofDocument);
  document.removeEventListener('keydown', capturing, { capture: true });
});
