/**
 * Runs `run` for each triggered key: never twice at once for one key, with exactly one more run after it when the key is triggered
 * during a run, and for at most `concurrency` keys at once. A burst of changes costs a few reads, and the last change is always read.
 * @param run must not reject
 */
export function createCoalescer(
  run: (key: string) => Promise<void>,
  { concurrency }: { concurrency: number },
): (key: string) => void {
  const waiting = new Set<string>();
  const running = new Set<string>();

  function pump(): void {
    for (const key of waiting) {
      if (running.size >= concurrency) return;
      if (running.has(key)) continue;
      waiting.delete(key);
      running.add(key);
      void run(key).finally(() => {
        running.delete(key);
        pump();
      });
    }
  }

  return (key) => {
    waiting.add(key);
    pump();
  };
}
