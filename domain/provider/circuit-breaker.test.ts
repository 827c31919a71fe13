import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acquirePermission,
  CLOSED_CIRCUIT,
  FAILURES_TO_OPEN,
  noteCheck,
  noteFailure,
  noteNoResult,
  noteSuccess,
  PROBE_MS,
  type Circuit,
} from './circuit-breaker.ts';

const NOW = 1_000_000_000;
const CHECK_EVERY_MS = 65_000;

/** A circuit after consecutive failures, a second apart, the last one at `NOW`. */
function failed(times: number, retryAfterMs?: number): Circuit {
  let circuit = CLOSED_CIRCUIT;
  for (let left = times - 1; left >= 0; left -= 1) {
    circuit = noteFailure(circuit, { attemptId: `f${left}`, retryAfterMs }, NOW - left * 1_000);
  }
  return circuit;
}
const OPEN = failed(FAILURES_TO_OPEN);
const AFTER = OPEN.openUntilMs! + 1;
const acquire = (circuit: Circuit, attemptId: string, nowMs: number) =>
  acquirePermission(circuit, attemptId, nowMs).kind;
/** A half-open circuit that `a` probes. */
function probed(): Circuit {
  const permission = acquirePermission(OPEN, 'a', AFTER);
  if (permission.kind !== 'go') throw new Error('the probe was not permitted');
  return permission.circuit;
}

describe('the circuit breaker', () => {
  it('stays closed until the limit of consecutive failures', () => {
    expect(acquire(failed(FAILURES_TO_OPEN - 1), 'a', NOW)).toBe('go');
    expect(acquire(OPEN, 'a', NOW)).toBe('wait');
  });

  it('resets failures after a success, and ignores those far apart', () => {
    const closed = noteSuccess(failed(FAILURES_TO_OPEN - 1), 'b');
    expect(noteFailure(closed, { attemptId: 'c' }, NOW)).toMatchObject({ failures: 1, openUntilMs: null });
    const old = noteFailure(failed(FAILURES_TO_OPEN - 1), { attemptId: 'c' }, NOW + 600_000);
    expect(old).toMatchObject({ failures: 1, openUntilMs: null });
  });

  it('stays open for at least Retry-After', () => {
    expect(failed(FAILURES_TO_OPEN, 500_000).openUntilMs).toBe(NOW + 500_000);
    const later = noteFailure(OPEN, { attemptId: 'late', retryAfterMs: 200_000 }, NOW + 5_000);
    expect(later.openUntilMs).toBe(NOW + 205_000);
  });

  it('lets one attempt probe after the open time, and the same one again after a crash', () => {
    const probing = probed();
    expect(acquire(probing, 'b', AFTER)).toBe('wait');
    expect(acquire(probing, 'a', AFTER)).toBe('go');
  });

  it('lets another attempt probe when the first timed out or ended without a result', () => {
    expect(acquire(probed(), 'b', AFTER + PROBE_MS)).toBe('go');
    expect(acquire(noteNoResult(probed(), 'a'), 'b', AFTER)).toBe('go');
    expect(acquire(noteNoResult(probed(), 'c'), 'b', AFTER)).toBe('wait');
  });

  it('closes after a successful probe, but not after an earlier submission', () => {
    expect(noteSuccess(probed(), 'a')).toEqual(CLOSED_CIRCUIT);
    expect(noteSuccess(probed(), 'older')).toEqual(probed());
    expect(noteSuccess(OPEN, 'older')).toBe(OPEN);
  });

  it('stays open longer after each failed probe, up to a limit', () => {
    let circuit = OPEN;
    let nowMs = NOW;
    const openMs: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      nowMs = circuit.openUntilMs! + 1;
      const permission = acquirePermission(circuit, 'p', nowMs);
      circuit = noteFailure(permission.kind === 'go' ? permission.circuit : circuit, { attemptId: 'p' }, nowMs);
      openMs.push(circuit.openUntilMs! - nowMs);
    }
    expect(openMs).toEqual([40_000, 80_000, 160_000, 300_000, 300_000, 300_000]);
  });

  it('does not reopen after a failure that was submitted before it opened', () => {
    expect(noteFailure(OPEN, { attemptId: 'older' }, NOW + 1)).toBe(OPEN);
    expect(noteFailure(probed(), { attemptId: 'older' }, AFTER)).toEqual(probed());
  });
});

describe('the state of a circuit', () => {
  it('says since when and until when it is open, and who probes it', () => {
    expect(OPEN).toEqual({
      failures: 5,
      failedAtMs: NOW,
      openUntilMs: NOW + 20_000,
      notBeforeMs: null,
      openings: 1,
      probe: null,
      probeUntilMs: null,
    });
    expect(probed()).toEqual({ ...OPEN, probe: 'a', probeUntilMs: AFTER + PROBE_MS });
    expect(noteNoResult(probed(), 'a')).toEqual(OPEN);
    expect(noteFailure(probed(), { attemptId: 'a' }, AFTER)).toEqual({
      ...OPEN,
      failures: 6,
      failedAtMs: AFTER,
      openUntilMs: AFTER + 40_000,
      openings: 2,
    });
  });

  it('is not changed by what does not concern it', () => {
    expect(acquirePermission(CLOSED_CIRCUIT, 'a', NOW)).toEqual({ kind: 'go', circuit: CLOSED_CIRCUIT });
    expect(acquirePermission(probed(), 'a', AFTER)).toEqual({ kind: 'go', circuit: probed() });
    expect(noteSuccess(CLOSED_CIRCUIT, 'a')).toBe(CLOSED_CIRCUIT);
    const counting = failed(2);
    expect(noteNoResult(counting, 'a')).toBe(counting);
    const other: Circuit = { ...CLOSED_CIRCUIT, openings: 3 };
    expect(noteSuccess(other, 'a')).toBe(other);
  });

  it('tells the others when they may try again', () => {
    expect(acquirePermission(OPEN, 'a', NOW + 1)).toEqual({ kind: 'wait', untilMs: NOW + 20_000 });
    expect(acquirePermission(OPEN, 'a', NOW + 20_000)).toMatchObject({ kind: 'go' });
    expect(acquirePermission(probed(), 'b', AFTER)).toEqual({ kind: 'wait', untilMs: AFTER + PROBE_MS });
  });

  it('counts failures up to two minutes apart as consecutive', () => {
    const first = noteFailure(CLOSED_CIRCUIT, { attemptId: 'a' }, 60_000);
    expect(first.failures).toBe(1);
    expect(noteFailure(first, { attemptId: 'b' }, 180_000).failures).toBe(2);
    expect(noteFailure(first, { attemptId: 'b' }, 180_001).failures).toBe(1);
  });

  it('remembers the latest Retry-After, which no shorter one replaces', () => {
    const opened = failed(FAILURES_TO_OPEN, 30_000);
    expect(opened).toMatchObject({ notBeforeMs: NOW + 30_000, openUntilMs: NOW + 30_000 });
    const shorter = noteFailure(opened, { attemptId: 'late', retryAfterMs: 1_000 }, NOW + 1);
    expect(shorter).toMatchObject({ notBeforeMs: NOW + 30_000, openUntilMs: NOW + 30_000 });
    const longer = noteFailure(opened, { attemptId: 'late', retryAfterMs: 60_000 }, NOW + 1);
    expect(longer).toMatchObject({ notBeforeMs: NOW + 60_001, openUntilMs: NOW + 60_001 });
    expect(failed(FAILURES_TO_OPEN, 5_000)).toMatchObject({ notBeforeMs: NOW + 5_000, openUntilMs: NOW + 20_000 });
  });
});

describe('a provider health check', () => {
  const failing = { good: false, checkEveryMs: CHECK_EVERY_MS };
  const good = { good: true, checkEveryMs: CHECK_EVERY_MS };

  it('that fails ends the probe and adds no opening to an open circuit', () => {
    expect(noteCheck(probed(), failing, AFTER)).toEqual({ ...OPEN, openUntilMs: AFTER + CHECK_EVERY_MS });
    expect(noteCheck(CLOSED_CIRCUIT, failing, NOW)).toEqual({
      ...CLOSED_CIRCUIT,
      failedAtMs: NOW,
      openUntilMs: NOW + CHECK_EVERY_MS,
      openings: 1,
    });
  });

  it('that fails never shortens the open time, and observes Retry-After', () => {
    const long: Circuit = { ...OPEN, openUntilMs: NOW + 300_000 };
    expect(noteCheck(long, failing, NOW).openUntilMs).toBe(NOW + 300_000);
    const retryLater = noteCheck(OPEN, { ...failing, retryAfterMs: 200_000 }, NOW);
    expect(retryLater).toMatchObject({ openUntilMs: NOW + 200_000, notBeforeMs: NOW + 200_000 });
    expect(noteCheck(OPEN, failing, NOW).notBeforeMs).toBeNull();
  });

  it('that succeeds leaves a closed or half-open circuit as it is, and changes only the end of an open one', () => {
    expect(noteCheck(probed(), good, AFTER)).toEqual(probed());
    expect(noteCheck(OPEN, good, OPEN.openUntilMs!)).toBe(OPEN);
    expect(noteCheck(OPEN, good, NOW + 1)).toEqual({ ...OPEN, openUntilMs: NOW + 1 });
    const noted = failed(FAILURES_TO_OPEN, 500_000);
    expect(noteCheck(noted, good, NOW + 1)).toBe(noted);
  });

  it('opens the circuit until the next check when it fails', () => {
    const opened = noteCheck(CLOSED_CIRCUIT, { good: false, checkEveryMs: CHECK_EVERY_MS }, NOW);
    expect(opened.openUntilMs).toBe(NOW + CHECK_EVERY_MS);
    const unchanged = noteCheck(opened, { good: false, checkEveryMs: CHECK_EVERY_MS }, NOW + 60_000);
    expect(unchanged.openUntilMs).toBe(NOW + 60_000 + CHECK_EVERY_MS);
  });

  it('allows a probe immediately when it succeeds, but never before Retry-After', () => {
    expect(acquire(noteCheck(OPEN, good, NOW + 1), 'a', NOW + 1)).toBe('go');
    const noted = failed(FAILURES_TO_OPEN, 30_000);
    expect(noteCheck(noted, good, NOW + 1).openUntilMs).toBe(NOW + 30_000);
    expect(noteCheck(CLOSED_CIRCUIT, good, NOW)).toBe(CLOSED_CIRCUIT);
  });
});

describe('the circuit breaker with random events', () => {
  const event = fc.record({
    kind: fc.constantFrom('acquire', 'working', 'failing', 'nothing', 'good', 'bad'),
    attemptId: fc.constantFrom('a', 'b', 'c'),
    afterMs: fc.integer({ min: 0, max: 120_000 }),
    retryAfterMs: fc.constantFrom(0, 0, 45_000),
  });

  it('allows no attempt before Retry-After, and one at a time while half-open', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let circuit = CLOSED_CIRCUIT;
        let nowMs = NOW;
        let holdUntilMs = 0;
        const passedEarly: number[] = [];
        const permittedTogether: string[][] = [];
        for (const { kind, attemptId, afterMs, retryAfterMs } of events) {
          nowMs += afterMs;
          const permission = kind === 'acquire' ? acquirePermission(circuit, attemptId, nowMs) : undefined;
          if (permission?.kind === 'go' && circuit.openUntilMs !== null) {
            ({ circuit } = permission);
            if (nowMs < holdUntilMs) passedEarly.push(nowMs);
            permittedTogether.push(['a', 'b', 'c'].filter((id) => acquire(circuit, id, nowMs) === 'go'));
          }
          if (kind === 'working') circuit = noteSuccess(circuit, attemptId);
          if (kind === 'nothing') circuit = noteNoResult(circuit, attemptId);
          if (kind === 'good' || kind === 'bad') {
            circuit = noteCheck(circuit, { good: kind === 'good', checkEveryMs: CHECK_EVERY_MS }, nowMs);
          }
          if (kind === 'failing') {
            circuit = noteFailure(circuit, { attemptId, retryAfterMs }, nowMs);
            if (circuit.openUntilMs !== null && retryAfterMs > 0)
              holdUntilMs = Math.max(holdUntilMs, nowMs + retryAfterMs);
          }
          if (circuit.openUntilMs === null) holdUntilMs = 0;
        }
        expect(passedEarly).toEqual([]);
        expect(permittedTogether.every((ids) => ids.length === 1)).toBe(true);
      }),
    );
  });
});
