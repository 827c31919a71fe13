import { render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { useShortcut } from './use-shortcut.ts';

function Page({ keys, callback, enabled = true }: { keys: string; callback: () => void; enabled?: boolean }) {
  useShortcut(keys, callback, enabled);
  return <input aria-label="Search" />;
}

describe('useShortcut', () => {
  it('runs on its key, but not in a text field, with a modifier, or while disabled', async () => {
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

  it('runs on a sequence of two keys without others between them', async () => {
    const callback = vi.fn<() => void>();
    render(<Page keys="g p" callback={callback} />);
    await userEvent.keyboard('gp');
    expect(callback).toHaveBeenCalledOnce();
    await userEvent.keyboard('gxp');
    expect(callback).toHaveBeenCalledOnce();
    await userEvent.keyboard('ggp');
    expect(callback).toHaveBeenCalledTimes(2);
  });

  it('does not run while a dialog is open', async () => {
    const callback = vi.fn<() => void>();
    const view = render(<Page keys="x" callback={callback} />);
    const scrim = document.createElement('div');
    scrim.dataset['scrim'] = '';
    view.container.append(scrim);
    await userEvent.keyboard('x');
    expect(callback).not.toHaveBeenCalled();
  });
});
