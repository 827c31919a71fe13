const BYTES_PER_MB = 1024 * 1024;
/** Memory rises over minutes; a reading costs microseconds. */
const INTERVAL_MS = 5_000;

export interface MemoryLimit {
  /** MiB; undefined: no limit. */
  readonly limitMb: number | undefined;
  /** Called once. */
  readonly onExceeded: (error: Error) => void;
  /** Bytes; by default, the resident memory of this process. */
  readonly read?: () => number;
  readonly intervalMs?: number;
}

/**
 * Watches the memory of this process, so that it can end in order before the machine ends it in the middle of its work.
 * @returns stops watching
 */
export function watchMemory({
  limitMb,
  onExceeded,
  read = () => process.memoryUsage.rss(),
  intervalMs = INTERVAL_MS,
}: MemoryLimit): () => void {
  if (limitMb === undefined) return () => undefined;
  const timer = setInterval(() => {
    const usedMb = Math.round(read() / BYTES_PER_MB);
    if (usedMb <= limitMb) return;
    clearInterval(timer);
    onExceeded(new Error(`It uses ${usedMb} MiB, more than MEMORY_LIMIT_MB (${limitMb}): it drains and ends`));
  }, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}
