import { render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { useShortcut } from './use-shortcut.ts';

function Page({ keys, callback, enabled = true }: { keys: string; callback: () => void; enabled?: boolean }) {
  useShortcut(keys, callback, enabled);
  return <input aria-label="Search" />;
}

it('runs on its key, but not while somebody writes, holds a modifier, or while it is switched off', async () => {
  const callback = vi.fn<() => void>();
  const view = render(<Page keys="?" callback={callback} />);
  await userEvent.keyboard('?');
  expect(callback).toHaveBeenCalledOnce();
  await userEvent.keyboard('{Control>}?{/Control}');
  await userEvent.type(view.getByLabelText('Search'), '?');
  expect(callback).toHaveBeenCalledOnce();
  (document.activeElement as HTMLElement).blur();
  view.rerender(<Page keys="?" callback={callback} enabled={false} />);
  await userEvent.keyboard('?');
  expect(callback).toHaveBeenCalledOnce();
});

it('runs on two keys in a row, and not on others between them', async () => {
  const callback = vi.fn<() => void>();
  render(<Page keys="g p" callback={callback} />);
  await userEvent.keyboard('gp');
  expect(callback).toHaveBeenCalledOnce();
  await userEvent.keyboard('gxp');
  expect(callback).toHaveBeenCalledOnce();
  await userEvent.keyboard('ggp');
  expect(callback).toHaveBeenCalledTimes(2);
});

it('leaves the page alone while a dialog is open', async () => {
  const callback = vi.fn<() => void>();
  const view = render(<Page keys="x" callback={callback} />);
  const scrim = document.createElement('div');
  scrim.dataset['scrim'] = '';
  view.container.append(scrim);
  await userEvent.keyboard('x');
  expect(callback).not.toHaveBeenCalled();
});
