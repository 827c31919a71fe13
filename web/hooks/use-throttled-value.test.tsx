import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useThrottledValue } from './use-throttled-value.ts';

const REST_MS = 300;
const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

function Shown({ value }: { readonly value: string }) {
  return <p>{useThrottledValue(value, REST_MS, same)}</p>;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const shown = () => screen.getByRole('paragraph').textContent;
const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));

describe('useThrottledValue', () => {
  it('shows the first value at once, each change after the rest time, and only the newest of several', () => {
    const { rerender } = render(<Shown value="one" />);
    expect(shown()).toBe('one');
    rerender(<Shown value="two" />);
    expect(shown()).toBe('one');
    pass(REST_MS);
    expect(shown()).toBe('two');
    pass(REST_MS / 2);
    rerender(<Shown value="three" />);
    rerender(<Shown value="four" />);
    expect(shown()).toBe('two');
    pass(REST_MS / 2);
    expect(shown()).toBe('four');
    pass(REST_MS);
    rerender(<Shown value="five" />);
    expect(shown()).toBe('five');
  });

  it('drops a change that was reverted meanwhile', () => {
    const { rerender } = render(<Shown value="one" />);
    pass(REST_MS);
    rerender(<Shown value="two" />);
    rerender(<Shown value="three" />);
    rerender(<Shown value="Two" />);
    pass(2 * REST_MS);
    expect(shown()).toBe('two');
  });
});
