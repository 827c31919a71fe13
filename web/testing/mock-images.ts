import { vi } from 'vitest';

/** Lets every image be decoded as a square: happy-dom decodes none. @param side its side, pixels */
export function mockImages(side: () => number): void {
  vi.spyOn(HTMLImageElement.prototype, 'naturalWidth', 'get').mockImplementation(side);
  vi.spyOn(HTMLImageElement.prototype, 'naturalHeight', 'get').mockImplementation(side);
  HTMLImageElement.prototype.decode = async () => {};
}
