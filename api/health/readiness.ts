/** A part that takes longer than this to answer counts as unavailable. */
const CHECK_TIMEOUT_MS = 2_000;
/** Probes of many balancers cost one check. */
const CACHED_MS = 1_000;

const PARTS = ['postgres', 'temporal', 'gcs'] as const;
export type Part = (typeof PARTS)[number];
type PartState = 'ok' | 'unavailable';
export type Readiness = { readonly ready: boolean; readonly checks: Readonly<Record<Part, PartState>> };

/**
 * Checks the parts that this process needs. It is ready while Postgres is available: without Temporal it still accepts requests (202), without
 * GCS it still answers everything but images, and taking every process out of the balancer would help nobody.
 * @param checks each rejects when its part is away
 */
export function createReadiness(checks: Readonly<Record<Part, () => Promise<unknown>>>): () => Promise<Readiness> {
  let known: { at: number; readiness: Promise<Readiness> } | undefined;

  async function request(): Promise<Readiness> {
    const states = await Promise.all(PARTS.map((part) => stateOf(checks[part])));
    const named = Object.fromEntries(PARTS.map((part, index) => [part, states[index]])) as Record<Part, PartState>;
    return { ready: named.postgres === 'ok', checks: named };
  }

  return () => {
    if (known === undefined || performance.now() - known.at > CACHED_MS) {
      known = { at: performance.now(), readiness: request() };
    }
    return known.readiness;
  };
}

async function stateOf(check: () => Promise<unknown>): Promise<PartState> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<PartState>((resolve) => {
    timer = setTimeout(() => resolve('unavailable'), CHECK_TIMEOUT_MS);
  });
  const state = check().then(
    (): PartState => 'ok',
    (): PartState => 'unavailable',
  );
  return Promise.race([state, late]).finally(() => clearTimeout(timer));
}
