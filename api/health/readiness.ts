/** A part that takes longer than this to answer counts as unavailable. */
const CHECK_TIMEOUT_MS = 2_000;
/** Frequent probes share one check. */
const CACHED_MS = 1_000;

const PARTS = ['postgres', 'temporal', 'gcs'] as const;
export type Part = (typeof PARTS)[number];
type PartState = 'ok' | 'unavailable';
export type Readiness = { readonly ready: boolean; readonly checks: Readonly<Record<Part, PartState>> };

/**
 * Checks the parts that this process needs. It is ready while Postgres is available: without Temporal it still accepts requests (202),
 * and without GCS it still serves everything but images, so it must stay in the load balancer.
 * @param checks each rejects when its part is unavailable
 */
export function createReadiness(checks: Readonly<Record<Part, () => Promise<unknown>>>): () => Promise<Readiness> {
  let latest: { at: number; readiness: Promise<Readiness> } | undefined;

  async function checkAll(): Promise<Readiness> {
    const states = await Promise.all(PARTS.map((part) => stateOf(checks[part])));
    const byPart = Object.fromEntries(PARTS.map((part, index) => [part, states[index]])) as Record<Part, PartState>;
    return { ready: byPart.postgres === 'ok', checks: byPart };
  }

  return () => {
    if (latest === undefined || performance.now() - latest.at > CACHED_MS) {
      latest = { at: performance.now(), readiness: checkAll() };
    }
    return latest.readiness;
  };
}

async function stateOf(check: () => Promise<unknown>): Promise<PartState> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<PartState>((resolve) => {
    timer = setTimeout(() => resolve('unavailable'), CHECK_TIMEOUT_MS);
  });
  const state = check().then(
    (): PartState => 'ok',
    (): PartState => 'unavailable',
  );
  return Promise.race([state, timeout]).finally(() => clearTimeout(timer));
}
