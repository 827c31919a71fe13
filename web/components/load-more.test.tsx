import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LoadMore } from './load-more.tsx';

const onMore = vi.fn<() => void>();

/** The mark is always in sight; told once for each observer, as browsers do while nothing changes. */
class InSight {
  readonly #tell: (entries: { isIntersecting: boolean }[]) => void;
  constructor(tell: (entries: { isIntersecting: boolean }[]) => void) {
    this.#tell = tell;
  }
  observe(): void {
    this.#tell([{ isIntersecting: true }]);
  }
  disconnect(): void {}
}

beforeEach(() => {
  onMore.mockReset();
  vi.stubGlobal('IntersectionObserver', InSight);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('asks for the next page again when one came so quickly that its loading was never seen', () => {
  const list = <LoadMore more loading={false} onMore={onMore} />;
  const { rerender } = render(list);
  expect(onMore).toHaveBeenCalledOnce();
  rerender(<LoadMore more loading={false} onMore={onMore} />);
  expect(onMore).toHaveBeenCalledTimes(2);
});

it('asks for nothing while a page is on its way, nor after the last one', () => {
  const { rerender } = render(<LoadMore more loading onMore={onMore} />);
  rerender(<LoadMore more={false} loading={false} onMore={onMore} />);
  expect(onMore).not.toHaveBeenCalled();
});
