import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LoadMore } from './load-more.tsx';

const onMore = vi.fn<() => void>();

/** Reports the sentinel as visible once per observer, as browsers do while nothing changes. */
class AlwaysIntersecting {
  readonly #callback: (entries: { isIntersecting: boolean }[]) => void;
  constructor(callback: (entries: { isIntersecting: boolean }[]) => void) {
    this.#callback = callback;
  }
  observe(): void {
    this.#callback([{ isIntersecting: true }]);
  }
  disconnect(): void {}
}

beforeEach(() => {
  onMore.mockReset();
  vi.stubGlobal('IntersectionObserver', AlwaysIntersecting);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('LoadMore', () => {
  it('requests the next page when a page loaded without a rendered loading state', () => {
    const list = <LoadMore more loading={false} onMore={onMore} />;
    const { rerender } = render(list);
    expect(onMore).toHaveBeenCalledOnce();
    rerender(<LoadMore more loading={false} onMore={onMore} />);
    expect(onMore).toHaveBeenCalledTimes(2);
  });

  it('requests nothing while a page is loading or after the last one', () => {
    const { rerender } = render(<LoadMore more loading onMore={onMore} />);
    rerender(<LoadMore more={false} loading={false} onMore={onMore} />);
    expect(onMore).not.toHaveBeenCalled();
  });
});
