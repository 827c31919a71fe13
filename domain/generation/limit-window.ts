import type { AdmissionRefusal } from './failure.ts';

/** A limit counts whole UTC days or hours. */
export type LimitWindow = 'day' | 'hour';

const WINDOW_MS: Readonly<Record<LimitWindow, number>> = { day: 86_400_000, hour: 3_600_000 };

const REFUSAL_WINDOWS: Readonly<Record<AdmissionRefusal, LimitWindow | null>> = {
  insufficient_credits: null,
  daily_limit: 'day',
  hourly_limit: 'hour',
  too_many_pending: null,
};

/** The start of the UTC day or hour that contains `at`. */
export function windowStart(window: LimitWindow, at: Date): Date {
  return new Date(Math.floor(at.getTime() / WINDOW_MS[window]) * WINDOW_MS[window]);
}

/** When the count restarts: the end of the UTC day or hour that contains `at`. */
export function windowEnd(window: LimitWindow, at: Date): Date {
  return new Date(windowStart(window, at).getTime() + WINDOW_MS[window]);
}

/** Seconds from `now` until the count restarts, for Retry-After. */
export function secondsToWindowEnd(window: LimitWindow, now: Date): number {
  return Math.ceil((windowEnd(window, now).getTime() - now.getTime()) / 1000);
}

/** The window of the limit behind a refusal; null for any other refusal. */
export function refusalWindow(refusal: AdmissionRefusal): LimitWindow | null {
  return REFUSAL_WINDOWS[refusal];
}

/** When a request that was refused at `refusedAt` can be admitted again; null where this is not known. */
export function retryMoment(refusal: AdmissionRefusal, refusedAt: Date): Date | null {
  const window = refusalWindow(refusal);
  return window && windowEnd(window, refusedAt);
}
