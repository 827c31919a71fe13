import type { AdmissionRefusal } from './failure.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const HOUR_MINUTES = 60;

interface RefusalText {
  readonly reason: string;
  /** What to do when no moment is known. */
  readonly advice: string;
}

const REFUSAL_TEXTS: Readonly<Record<AdmissionRefusal, RefusalText>> = {
  insufficient_credits: { reason: 'Not enough credits for this avatar.', advice: '' },
  daily_limit: { reason: 'You reached today’s limit.', advice: 'Try again tomorrow.' },
  hourly_limit: { reason: 'You reached this hour’s limit.', advice: 'Try again in an hour.' },
  too_many_pending: { reason: 'Too many generations in progress.', advice: 'Try again when some have finished.' },
};

/**
 * Why admission refused a request, and when to try again, in the reader's time zone.
 * @param retryAt when the limit restarts; null where this is not known
 */
export function refusalMessage(refusal: AdmissionRefusal, retryAt: Date | null, now: Date): string {
  const { reason, advice } = REFUSAL_TEXTS[refusal];
  if (retryAt === null) return `${reason} ${advice}`.trim();
  if (retryAt <= now) return `${reason} You can try again now.`;
  return `${reason} Try again ${upcoming(retryAt, now)}.`;
}

/**
 * "at 13:00 (in 2 h)" or "tomorrow at 13:00 (in 14 h)", in the time zone of the process or browser; "on 30 Nov at 13:00" later on.
 * Whoever shows it for longer than a minute shows it anew.
 */
export function upcoming(at: Date, now: Date): string {
  const time = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const days = Math.round((startOfDay(at) - startOfDay(now)) / DAY_MS);
  if (days <= 0) return `at ${time} (${distance(at, now)})`;
  if (days === 1) return `tomorrow at ${time} (${distance(at, now)})`;
  return `on ${at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} at ${time}`;
}

/** "in 25 min", "in 2 h". Never earlier than the moment by more than half an hour. */
function distance(at: Date, now: Date): string {
  const minutes = Math.max(1, Math.ceil((at.getTime() - now.getTime()) / MINUTE_MS));
  return minutes < HOUR_MINUTES ? `in ${minutes}\u00A0min` : `in ${Math.round(minutes / HOUR_MINUTES)}\u00A0h`;
}

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}
