/**
 * A circuit breaker with the meaning of cockatiel's ConsecutiveBreaker and halfOpenAfter, as pure moves. Not its classes: their state
 * lives in one process and they don't name the caller that probes, while here all workers share one row and agree who probes.
 */
export interface Circuit {
  /** In a row. */
  readonly failures: number;
  readonly failedAtMs: number | null;
  /** Null: closed. Ahead: open, nothing is sent. Passed: half-open, one may probe. */
  readonly openUntilMs: number | null;
  /** Retry-After: no good news ends the open time before this. */
  readonly notBeforeMs: number | null;
  /** How often it opened without having closed; each time it stays open longer. */
  readonly openings: number;
  /** The attempt that may find out whether it works again. */
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

/** Two generations' worth of tries: one bad minute of one model is no outage. */
export const FAILURES_TO_OPEN = 5;
/** Failures further apart than this are no row. */
const ROW_MS = 120_000;
/** The first open time; it doubles with each failed probe. */
const OPEN_MS = 20_000;
/** A recovered provider is found within this, whatever was before. */
const OPEN_MAX_MS = 300_000;
/** A probe that takes longer tells nothing in time (its worker may be dead): another one may go. */
export const PROBE_MS = 60_000;

export type Permission =
  /** `circuit`: as it has to be kept first, where it changes. */
  { readonly kind: 'go'; readonly circuit: Circuit } | { readonly kind: 'wait'; readonly untilMs: number };

/** May this attempt order now? Of all that ask a half-open circuit, the first goes. */
export function acquirePermission(circuit: Circuit, attemptId: string, nowMs: number): Permission {
  const { openUntilMs, probe, probeUntilMs } = circuit;
  if (openUntilMs === null) return { kind: 'go', circuit };
  if (openUntilMs > nowMs) return { kind: 'wait', untilMs: openUntilMs };
  const probing = probe !== null && (probeUntilMs ?? 0) > nowMs;
  if (probing && probe !== attemptId) return { kind: 'wait', untilMs: probeUntilMs ?? nowMs };
  if (probing) return { kind: 'go', circuit };
  return { kind: 'go', circuit: { ...circuit, probe: attemptId, probeUntilMs: nowMs + PROBE_MS } };
}

/** The provider answered in order. What was bought before the circuit opened does not close it; the probe does. */
export function noteWorking(circuit: Circuit, attemptId: string): Circuit {
  if (circuit.openUntilMs !== null) return circuit.probe === attemptId ? CLOSED_CIRCUIT : circuit;
  return circuit.failures === 0 ? circuit : CLOSED_CIRCUIT;
}

/** The attempt is over and said nothing about the provider: if it was the probe, another one may go. */
export function noteNothing(circuit: Circuit, attemptId: string): Circuit {
  return circuit.probe === attemptId ? { ...circuit, probe: null, probeUntilMs: null } : circuit;
}

interface FailureNote {
  readonly attemptId: string;
  /** From Retry-After: it is not open for less. */
  readonly retryAfterMs?: number | undefined;
}

export function noteFailing(circuit: Circuit, { attemptId, retryAfterMs = 0 }: FailureNote, nowMs: number): Circuit {
  if (circuit.openUntilMs === null) {
    const inRow = circuit.failedAtMs !== null && nowMs - circuit.failedAtMs <= ROW_MS;
    const counted = { ...circuit, failures: inRow ? circuit.failures + 1 : 1, failedAtMs: nowMs };
    return counted.failures < FAILURES_TO_OPEN ? counted : opened(counted, retryAfterMs, nowMs);
  }
  if (circuit.probe === attemptId) {
    return opened({ ...circuit, failures: circuit.failures + 1, failedAtMs: nowMs }, retryAfterMs, nowMs);
  }
  // Bought before it opened: known already, but for a Retry-After.
  return retryAfterMs > 0 ? heldOff(circuit, nowMs + retryAfterMs) : circuit;
}

/**
 * A free call went well or not. Good: whoever asks next may probe. Bad: nobody orders until after the next check at least.
 * @param checkEveryMs from one check to the next
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
  return retryAfterMs > 0 ? heldOff(longer, nowMs + retryAfterMs) : longer;
}

function opened(circuit: Circuit, atLeastMs: number, nowMs: number): Circuit {
  const openMs = Math.min(OPEN_MS * 2 ** circuit.openings, OPEN_MAX_MS);
  const untilMs = nowMs + Math.max(openMs, atLeastMs);
  const open = { ...circuit, openUntilMs: untilMs, openings: circuit.openings + 1, probe: null, probeUntilMs: null };
  return atLeastMs > 0 ? heldOff(open, nowMs + atLeastMs) : open;
}

function heldOff(circuit: Circuit, untilMs: number): Circuit {
  return {
    ...circuit,
    notBeforeMs: Math.max(circuit.notBeforeMs ?? 0, untilMs),
    openUntilMs: Math.max(circuit.openUntilMs ?? 0, untilMs),
  };
}
