import type { RequestHandler } from 'express';
import { ApiProblem } from '../problem.ts';
import { contextOf } from '../request-context.ts';

/** Streams that are being opened. Each waits for statements, and leaves most of the connection pool's queue to other requests. */
const OPENING_MAX = 64;
/** A process opens more than that even on a busy machine. */
const PER_SECOND_MIN = 100;
const FIRST_WAIT_MS = 1_000;
/** Further clients share the same times again. */
const LONGEST_WAIT_MS = 60_000;
const SECOND_MS = 1_000;

/** Limits how many event streams a process opens at a time: after another one has died, all its clients come at once. */
export interface Openings {
  /**
   * @returns ends it; may be called again
   * @throws ApiProblem unavailable, with a time to come back at: as many clients get each second as streams were opened in the last one
   */
  begin(): () => void;
}

export function createOpenings(limit = OPENING_MAX): Openings {
  let underWay = 0;
  /** When the last refused client was told to come. */
  let lastTime = 0;
  /** Streams opened in this second, and in the one before. */
  const opened = { since: performance.now(), count: 0, before: 0 };

  function countOpened(more: number): void {
    const now = performance.now();
    const elapsedMs = now - opened.since;
    if (elapsedMs >= SECOND_MS) {
      opened.before = elapsedMs < 2 * SECOND_MS ? opened.count : 0;
      opened.since = now;
      opened.count = 0;
    }
    opened.count += more;
  }

  function refusal(): ApiProblem {
    countOpened(0);
    const now = performance.now();
    if (lastTime > now + LONGEST_WAIT_MS) lastTime = 0;
    lastTime = Math.max(lastTime, now + FIRST_WAIT_MS) + SECOND_MS / Math.max(PER_SECOND_MIN, opened.before);
    const detail = 'Too many event streams are being opened at the moment';
    return new ApiProblem('unavailable', { detail, retryAfterSeconds: Math.floor((lastTime - now) / SECOND_MS) });
  }

  return {
    begin() {
      if (underWay >= limit) throw refusal();
      underWay += 1;
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        underWay -= 1;
        countOpened(1);
      };
    },
  };
}

/**
 * Begins an opening before anything is spent on the request. It ends when the stream is open, or with the response.
 * @param path the route's, for the log entry of a refusal
 */
export function limitOpenings(openings: Openings, path: string): RequestHandler {
  return (_req, res, next) => {
    const context = contextOf(res);
    context.route = path;
    const end = openings.begin();
    res.on('close', end);
    context.opened = () => {
      context.opened = undefined;
      res.off('close', end);
      end();
    };
    next();
  };
}
