import type { Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { axeViolations } from './axe-violations.ts';
import { openWebStudio, type WebStudio } from './open-web-studio.ts';

/** A dozen views or two, each checked by axe for a second or two, and several times that on a busy machine. */
export const TOUR_LIMIT_MS = 360_000;
const WIDE_SCREEN = { width: 1440, height: 900 };

/** A walk through the views of a running studio, in which axe checks each. */
export interface AccessibilityTour {
  readonly web: WebStudio;
  readonly page: Page;
  /** The page's errors so far. */
  readonly complaints: readonly string[];
  /** Checks what the page shows now, under a name of its own. */
  openView(view: string): Promise<void>;
  /** Closes the page. @returns how many views were checked, and what axe found in each where it found anything */
  end(): Promise<{ readonly views: number; readonly violations: Record<string, string[]> }>;
}

/** Opens a studio for all tours of a test file. @returns what begins a tour, on a page of its own */
export function prepareTours(): () => Promise<AccessibilityTour> {
  let web: WebStudio;
  beforeAll(async () => {
    web = await openWebStudio();
  });
  afterAll(() => web.close());

  return async () => {
    const { page, complaints } = await web.visit({ viewport: WIDE_SCREEN });
    const found: Record<string, string[]> = {};
    return {
      web,
      page,
      complaints,
      async openView(view) {
        found[view] = await axeViolations(page, Object.keys(found).length);
      },
      async end() {
        await page.context().close();
        const violations = Object.fromEntries(Object.entries(found).filter(([, list]) => list.length > 0));
        return { views: Object.keys(found).length, violations };
      },
    };
  };
}
