import type { Page } from 'playwright-core';

/** Defined as in Google's web-vitals, https://web.dev/articles/vitals. */
export interface Vitals {
  /** Cumulative layout shift: the largest session window, which ends after one quiet second and after five seconds in all. */
  readonly layoutShift: number;
  /** Sum over the whole visit. */
  readonly totalLayoutShift: number;
  readonly longTasksMs: readonly number[];
  /** Largest contentful paint. */
  readonly lcpMs: number;
  /** The element of the largest contentful paint. */
  readonly lcpElement: string;
  /** The elements of the largest single shift, with their old and new boxes. */
  readonly worstShift: string;
}

/** Observes every page that opens in this tab, from its start. @returns a function that reads the current page's vitals */
export async function watchVitals(page: Page): Promise<() => Promise<Vitals>> {
  await page.addInitScript(() => {
    const vitals = {
      layoutShift: 0,
      totalLayoutShift: 0,
      longTasksMs: [] as number[],
      lcpMs: 0,
      lcpElement: '',
      worstShift: '',
    };
    let worst = 0;
    const nameOf = (node: Node | null | undefined) =>
      node instanceof Element
        ? `${node.tagName} ${node.className} ${node.textContent?.slice(0, 40)}`
        : String(node?.nodeName);
    Object.assign(globalThis, { vitals });
    const WINDOW_GAP_MS = 1_000;
    const WINDOW_MAX_MS = 5_000;
    let shiftWindow = { startedAt: 0, lastAt: Number.NEGATIVE_INFINITY, value: 0 };
    const observe = (type: string, handle: (entry: PerformanceEntry) => void) =>
      new PerformanceObserver((list) => list.getEntries().forEach(handle)).observe({ type, buffered: true });
    observe('layout-shift', (entry) => {
      const { value, hadRecentInput, sources } = entry as PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
      };
      if (hadRecentInput) return;
      const at = entry.startTime;
      const continues = at - shiftWindow.lastAt < WINDOW_GAP_MS && at - shiftWindow.startedAt < WINDOW_MAX_MS;
      shiftWindow = continues
        ? { ...shiftWindow, lastAt: at, value: shiftWindow.value + value }
        : { startedAt: at, lastAt: at, value };
      vitals.layoutShift = Math.max(vitals.layoutShift, shiftWindow.value);
      vitals.totalLayoutShift += value;
      if (value <= worst) return;
      worst = value;
      const boxOf = ({ x, y, width, height }: DOMRect) => [x, y, width, height].map(Math.round).join(' ');
      vitals.worstShift = sources
        .map(
          ({ node, previousRect, currentRect }) => `${nameOf(node)}: ${boxOf(previousRect)} to ${boxOf(currentRect)}`,
        )
        .join('; ');
    });
    observe('longtask', ({ duration }) => vitals.longTasksMs.push(duration));
    observe('largest-contentful-paint', (entry) => {
      vitals.lcpMs = entry.startTime;
      vitals.lcpElement = nameOf((entry as PerformanceEntry & { element: Element | null }).element);
    });
  });
  return () => page.evaluate(() => (globalThis as unknown as { vitals: Vitals }).vitals);
}
