import { afterEach, describe, expect, it } from 'vitest';
import { refusalMessage } from './refusal-message.ts';

const zone = process.env['TZ'];
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

/** The message in a reader's time zone. */
function messageIn(timeZone: string, refusal: 'daily_limit' | 'hourly_limit', retryAt: string, now: string): string {
  process.env['TZ'] = timeZone;
  return refusalMessage(refusal, new Date(retryAt), new Date(now));
}

describe('the message of a daily limit', () => {
  const midnight = '2026-11-24T00:00:00Z';

  it.each([
    ['Pacific/Auckland', '2026-11-23T23:30:00Z', 'at 13:00 (in 30\u00A0min)'],
    ['Pacific/Auckland', '2026-11-23T00:30:00Z', 'tomorrow at 13:00 (in 24\u00A0h)'],
    ['America/Los_Angeles', '2026-11-23T23:30:00Z', 'at 16:00 (in 30\u00A0min)'],
    ['America/Los_Angeles', '2026-11-23T00:30:00Z', 'tomorrow at 16:00 (in 24\u00A0h)'],
    ['Asia/Kathmandu', '2026-11-23T18:30:00Z', 'at 05:45 (in 6\u00A0h)'],
    ['UTC', '2026-11-23T12:00:00Z', 'tomorrow at 00:00 (in 12\u00A0h)'],
  ])('gives the moment in %s at %s: %s', (timeZone, now, moment) => {
    expect(messageIn(timeZone, 'daily_limit', midnight, now)).toBe(`You reached today’s limit. Try again ${moment}.`);
  });
});

describe('the message of an hourly limit', () => {
  it('gives the end of the UTC hour, which is not always a full hour for the reader', () => {
    const end = '2026-11-23T13:00:00Z';
    expect(messageIn('Asia/Kathmandu', 'hourly_limit', end, '2026-11-23T12:20:00Z')).toBe(
      'You reached this hour’s limit. Try again at 18:45 (in 40\u00A0min).',
    );
  });

  it('says so when the hour is over', () => {
    const end = '2026-11-23T13:00:00Z';
    expect(messageIn('UTC', 'hourly_limit', end, end)).toBe('You reached this hour’s limit. You can try again now.');
  });
});

describe('the message of another refusal', () => {
  it('gives no moment', () => {
    expect(refusalMessage('insufficient_credits', null, new Date())).toBe('Not enough credits for this avatar.');
  });
});
