import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SearchBox } from './search-box.tsx';

afterEach(cleanup);

describe('SearchBox', () => {
  it('keeps every keystroke while the URL lags behind', async () => {
    const onChange = vi.fn<(value: string) => void>();
    render(<SearchBox label="Find" value="" onChange={onChange} />); // a URL that never updates
    await userEvent.type(screen.getByRole('searchbox', { name: 'Find' }), 'bard');
    expect(onChange.mock.calls.map(([value]) => value)).toEqual(['b', 'ba', 'bar', 'bard']);
  });

  it('shows the value of the URL when it has no focus', async () => {
    const box = (value: string) => <SearchBox label="Find" value={value} onChange={() => {}} />;
    const { rerender } = render(box('bard'));
    const field = screen.getByRole<HTMLInputElement>('searchbox', { name: 'Find' });
    await userEvent.click(field);
    await userEvent.tab();
    rerender(box(''));
    expect(field.value).toBe('');
  });

  it('is cleared by a button in every browser, and has the focus then', async () => {
    const onChange = vi.fn<(value: string) => void>();
    const { rerender } = render(<SearchBox label="Find" value="bard" onChange={onChange} />);
    await userEvent.click(screen.getByRole('button', { name: 'Clear the search' }));
    expect(onChange.mock.lastCall).toEqual(['']);
    expect(document.activeElement).toBe(screen.getByRole('searchbox'));
    rerender(<SearchBox label="Find" value="" onChange={onChange} />);
    expect(screen.queryByRole('button')).toBeNull();
  });
});
