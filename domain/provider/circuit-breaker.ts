/**
 * A circuit breaker with the semantics of cockatiel's ConsecutiveBreaker and halfOpenAfter, as pure functions. Its classes hold their
 * state in one process and do not identify the probing caller; here all workers share one row and agree on the probe.
 */
export interface Circuit {
  /** Consecutive failures. */
  readonly failures: number;
  readonly failedAtMs: number | null;
  /** Null: closed. In the future: open, nothing is sent. In the past: half-open, one attempt may probe. */
  readonly openUntilMs: number | null;
  /** From Retry-After: no successful check ends the open time before this. */
  readonly notBeforeMs: number | null;
  /** How often it opened since it was last closed; each time it stays open longer. */
  readonly openings: number;
  /** The attempt that probes whether the provider works again. */
  readonly probe: string | null;
  readonly probeUntilMs: number | null;
}

export const CLOSED_CIRCUIT: Circuit = {
  failures: 0,
  failedAtMs: null,
  openUntilMs: null,
  notBeforeMs: null,
  openings: 0,
  probe: null,
  probeUntilMs: null,
};

/** The attempts of two generations: a bad minute of one model is not an outage. */
export const FAILURES_TO_OPEN = 5;
/** Failures further apart than this are not consecutive. */
const CONSECUTIVE_WITHIN_MS = 120_000;
/** The first open time; it doubles with each failed probe. */
const OPEN_MS = 20_000;
/** The longest open time, so that a recovered provider is noticed within it. */
const OPEN_MAX_MS = 300_000;
/** After this time a probe no longer counts (its worker may be dead), and another attempt may probe. */
export const PROBE_MS = 60_000;

export type Permission =
  /** `circuit`: the new state to store first, if it changes. */
  { readonly kind: 'go'; readonly circuit: Circuit } | { readonly kind: 'wait'; readonly untilMs: number };

/** Whether this attempt may submit now. With a half-open circuit, only the first one may. */
export function acquirePermission(circuit: Circuit, attemptId: string, nowMs: number): Permission {
  const { openUntilMs, probe, probeUntilMs } = circuit;
  if (openUntilMs === null) return { kind: 'go', circuit };
  if (openUntilMs > nowMs) return { kind: 'wait', untilMs: openUntilMs };
  const probing = probe !== null && (probeUntilMs ?? 0) > nowMs;
  if (probing && probe !== attemptId) return { kind: 'wait', untilMs: probeUntilMs ?? nowMs };
  if (probing) return { kind: 'go', circuit };
  return { kind: 'go', circuit: { ...circuit, probe: attemptId, probeUntilMs: nowMs + PROBE_MS } };
}

/** A successful attempt. One submitted before the circuit opened does not close it; the probe does. */
export function noteSuccess(circuit: Circuit, attemptId: string): Circuit {
  if (circuit.openUntilMs !== null) return circuit.probe === attemptId ? CLOSED_CIRCUIT : circuit;
  return circuit.failures === 0 ? circuit : CLOSED_CIRCUIT;
}

/** An attempt that ended without information about the provider: if it was the probe, another one may probe. */
export function noteNoResult(circuit: Circuit, attemptId: string): Circuit {
  return circuit.probe === attemptId ? { ...circuit, probe: null, probeUntilMs: null } : circuit;
}

interface FailureNote {
  readonly attemptId: string;
  /** From Retry-After: the minimum open time. */
  readonly retryAfterMs?: number | undefined;
}

export function noteFailure(circuit: Circuit, { attemptId, retryAfterMs = 0 }: FailureNote, nowMs: number): Circuit {
  if (circuit.openUntilMs === null) {
    const isConsecutive = circuit.failedAtMs !== null && nowMs - circuit.failedAtMs <= CONSECUTIVE_WITHIN_MS;
    const counted = { ...circuit, failures: isConsecutive ? circuit.failures + 1 : 1, failedAtMs: nowMs };
    return counted.failures < FAILURES_TO_OPEN ? counted : opened(counted, retryAfterMs, nowMs);
  }
  if (circuit.probe === attemptId) {
    return opened({ ...circuit, failures: circuit.failures + 1, failedAtMs: nowMs }, retryAfterMs, nowMs);
  }
  // Submitted before the circuit opened: only its Retry-After is new.
  return retryAfterMs > 0 ? openAtLeastUntil(circuit, nowMs + retryAfterMs) : circuit;
}

/**
 * Result of a free call. Success: the next attempt may probe. Failure: nothing is submitted until at least the next check.
 * @param checkEveryMs interval between checks
 */
export function noteCheck(
  circuit: Circuit,
  check: { readonly good: boolean; readonly retryAfterMs?: number | undefined; readonly checkEveryMs: number },
  nowMs: number,
): Circuit {
  const { openUntilMs, notBeforeMs } = circuit;
  if (check.good) {
    if (openUntilMs === null || openUntilMs <= nowMs) return circuit;
    const earliestMs = Math.max(nowMs, notBeforeMs ?? 0);
    return earliestMs < openUntilMs ? { ...circuit, openUntilMs: earliestMs } : circuit;
  }
  const { retryAfterMs = 0, checkEveryMs } = check;
  const open = openUntilMs === null ? opened({ ...circuit, failedAtMs: nowMs }, retryAfterMs, nowMs) : circuit;
  const unchanged = { ...open, probe: null, probeUntilMs: null };
  const longer = { ...unchanged, openUntilMs: Math.max(open.openUntilMs ?? 0, nowMs + checkEveryMs) };
  return retryAfterMs > 0 ? openAtLeastUntil(longer, nowMs + retryAfterMs) : longer;
}

function opened(circuit: Circuit, atLeastMs: number, nowMs: number): Circuit {
  const openMs = Math.min(OPEN_MS * 2 ** circuit.openings, OPEN_MAX_MS);
  const untilMs = nowMs + Math.max(openMs, atLeastMs);
  const open = { ...circuit, openUntilMs: untilMs, openings: circuit.openings + 1, probe: null, probeUntilMs: null };
  return atLeastMs > 0 ? openAtLeastUntil(open, nowMs + atLeastMs) : open;
}

function openAtLeastUntil(circuit: Circuit, untilMs: number): Circuit {
  return {
    ...circuit,
    notBeforeMs: Math.max(circuit.notBeforeMs ?? 0, untilMs),
    openUntilMs: Math.max(circuit.openUntilMs ?? 0, untilMs),
  };
}
