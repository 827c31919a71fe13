import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useLongPress } from './use-long-press.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

function show() {
  const onHold = vi.fn<(element: HTMLElement) => void>();
  const onClick = vi.fn<() => void>();
  function Card() {
    return (
      <div data-testid="card" {...useLongPress(onHold)}>
        <button type="button" onClick={onClick}>
          Open
        </button>
      </div>
    );
  }
  render(<Card />);
  const button = screen.getByRole('button');
  const touch = { pointerType: 'touch', isPrimary: true, clientX: 10, clientY: 10 };
  return { onHold, onClick, button, touch };
}

describe('useLongPress', () => {
  it('calls back when a finger stays, once, and swallows the click that follows, but not the next one', () => {
    const { onHold, onClick, button, touch } = show();
    fireEvent.pointerDown(button, touch);
    vi.advanceTimersByTime(600);
    expect(onHold.mock.calls).toEqual([[screen.getByTestId('card')]]);
    expect(fireEvent.contextMenu(button)).toBe(false);
    fireEvent.pointerUp(button, touch);
    fireEvent.click(button);
    expect(onClick).not.toHaveBeenCalled();
    fireEvent.pointerDown(button, touch);
    fireEvent.pointerUp(button, touch);
    fireEvent.click(button);
    expect(onClick).toHaveBeenCalledOnce();
  });

  it('lets the callback click an element inside', () => {
    const { onHold, onClick, button, touch } = show();
    onHold.mockImplementation((card) => card.querySelector('button')!.click());
    fireEvent.pointerDown(button, touch);
    vi.advanceTimersByTime(600);
    expect(onClick).toHaveBeenCalledOnce();
    fireEvent.pointerUp(button, touch);
    fireEvent.click(button);
    expect(onClick).toHaveBeenCalledOnce();
  });

  it('leaves the menu of a right click to the browser', () => {
    const { button, touch } = show();
    fireEvent.pointerDown(button, { ...touch, pointerType: 'mouse', button: 2 });
    expect(fireEvent.contextMenu(button)).toBe(true);
  });

  it.each([
    ['a tap', {}, 'pointerUp', {}],
    ['a scroll', {}, 'pointerMove', { clientY: 40 }],
    ['a mouse', { pointerType: 'mouse' }, undefined, {}],
  ] as const)('leaves %s alone', (_, down, then, change) => {
    const { onHold, button, touch } = show();
    fireEvent.pointerDown(button, { ...touch, ...down });
    if (then) fireEvent[then](button, { ...touch, ...change });
    vi.advanceTimersByTime(600);
    expect(onHold).not.toHaveBeenCalled();
  });
});
