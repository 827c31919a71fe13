import type { Page } from 'playwright-core';

/** As Google's web-vitals defines them. */
export interface Vitals {
  /** Cumulative layout shift: of the worst burst, which ends after a second of rest and after five in all. */
  readonly layoutShift: number;
  /** Of the whole visit. */
  readonly totalLayoutShift: number;
  readonly longTasksMs: readonly number[];
  readonly lcpMs: number;
  /** What that was. */
  readonly lcpElement: string;
  /** What jumped furthest. */
  readonly worstShift: string;
}

/** Watches the pages that open here from their first moment. @returns reads what was seen of the open one */
export async function watchVitals(page: Page): Promise<() => Promise<Vitals>> {
  await page.addInitScript(() => {
    const vitals = {
      shift: 0,
      allShifts: 0,
      longTasksMs: [] as number[],
      largestPaintMs: 0,
      largestPaint: '',
      worstShift: '',
    };
    let worst = 0;
    const nameOf = (node: Node | null | undefined) =>
      node instanceof Element
        ? `${node.tagName} ${node.className} ${node.textContent?.slice(0, 40)}`
        : String(node?.nodeName);
    Object.assign(globalThis, { vitals });
    const REST_MS = 1_000;
    const BURST_MS = 5_000;
    let burst = { begunAt: 0, lastAt: Number.NEGATIVE_INFINITY, value: 0 };
    const watch = (type: string, see: (entry: PerformanceEntry) => void) =>
      new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true });
    watch('layout-shift', (entry) => {
      const { value, hadRecentInput, sources } = entry as PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
      };
      if (hadRecentInput) return;
      const at = entry.startTime;
      const goesOn = at - burst.lastAt < REST_MS && at - burst.begunAt < BURST_MS;
      burst = goesOn ? { ...burst, lastAt: at, value: burst.value + value } : { begunAt: at, lastAt: at, value };
      vitals.shift = Math.max(vitals.shift, burst.value);
      vitals.allShifts += value;
      if (value <= worst) return;
      worst = value;
      const where = ({ x, y, width, height }: DOMRect) => [x, y, width, height].map(Math.round).join(' ');
      vitals.worstShift = sources
        .map(
          ({ node, previousRect, currentRect }) => `${nameOf(node)}: ${where(previousRect)} to ${where(currentRect)}`,
        )
        .join('; ');
    });
    watch('longtask', ({ duration }) => vitals.longTasksMs.push(duration));
    watch('largest-contentful-paint', (entry) => {
      vitals.largestPaintMs = entry.startTime;
      vitals.largestPaint = nameOf((entry as PerformanceEntry & { element: Element | null }).element);
    });
  });
  return () => page.evaluate(() => (globalThis as unknown as { vitals: Vitals }).vitals);
}
