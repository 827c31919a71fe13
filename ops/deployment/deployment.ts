import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { runCommand } from '#process/run-command.ts';
import { connectClient } from '#temporal/client/connection.ts';
import { createWorkerVersions, type WorkerVersion, type WorkerVersions } from '#temporal/client/worker-versions.ts';

const USAGE = `npm run deployment -- <command>, with TEMPORAL_DEPLOYMENT_NAME and Temporal's address
  status                   the versions of the workers, and what is routed to them
  ramp <percent> [build]   routes a share of new workflows to a version; by default, to the newest
  promote [build]          makes a version the current one; by default, the newest
  drain [build]            waits until no workflow needs a version any more; by default, the one that drains`;

/** A generation's deadline is 30 minutes at most; a batch's is longer. */
const DRAIN_TIMEOUT_MS = 2 * 60 * 60_000;
/** The server itself checks every few minutes. */
const POLL_MS = 5_000;
/** Task queues usually know a change within a second. */
const ROUTED_WITHIN_MS = 20_000;
const ROUTED_POLL_MS = 250;
const NOT_ROUTED = 'Some task queues do not know this yet: new workflows may still start as before';

/** @returns what to print @throws Error for a wrong command, a missing version, or as the server refuses */
export async function runDeployment(
  versions: WorkerVersions,
  args: readonly string[],
  { pollMs = POLL_MS, timeoutMs = DRAIN_TIMEOUT_MS, routedWithinMs = ROUTED_WITHIN_MS } = {},
): Promise<string> {
  const [command, ...rest] = args;
  const known = await versions.list();
  if (command === 'status' && rest.length === 0) return table(known);
  if (command === 'ramp' && rest.length >= 1 && rest.length <= 2) {
    const percent = Number(rest[0]);
    if (!(percent >= 0 && percent <= 100)) throw new Error('ramp: the percentage must be between 0 and 100');
    const { buildId } = choose(known, rest[1], ({ status }) => status !== 'current');
    await versions.ramp(buildId, percent);
    return routedTable(versions, routedWithinMs);
  }
  if (command === 'promote' && rest.length <= 1) {
    await versions.promote(choose(known, rest[0], ({ status }) => status !== 'current').buildId);
    return routedTable(versions, routedWithinMs);
  }
  if (command === 'drain' && rest.length <= 1) {
    const { buildId } = choose(known, rest[0], ({ status }) => status === 'draining' || status === 'drained');
    await drained(versions, buildId, { pollMs, timeoutMs });
    return `${buildId} is drained: its workers may be stopped`;
  }
  throw new Error(USAGE);
}

function choose(
  known: readonly WorkerVersion[],
  buildId: string | undefined,
  isMeant: (version: WorkerVersion) => boolean,
): WorkerVersion {
  const found = known.find((version) => (buildId === undefined ? isMeant(version) : version.buildId === buildId));
  if (found !== undefined) return found;
  throw new Error(`There is no such version${buildId === undefined ? '' : ` ${buildId}`}:\n${table(known)}`);
}

async function drained(
  versions: WorkerVersions,
  buildId: string,
  { pollMs, timeoutMs }: { readonly pollMs: number; readonly timeoutMs: number },
): Promise<void> {
  const until = performance.now() + timeoutMs;
  for (;;) {
    const status = (await versions.list()).find((version) => version.buildId === buildId)?.status;
    if (status === 'drained') return;
    if (status !== 'draining') throw new Error(`${buildId} is ${status ?? 'gone'}: only a version that drains ends`);
    if (performance.now() > until) throw new Error(`${buildId} still drains`);
    await sleep(pollMs);
  }
}

/** Waits until every task queue knows the change, for a while. @returns the table, which says so if some do not */
async function routedTable(versions: WorkerVersions, withinMs: number): Promise<string> {
  const until = performance.now() + withinMs;
  for (;;) {
    const isRouted = await versions.isRouted();
    if (!isRouted && performance.now() < until) await sleep(ROUTED_POLL_MS);
    else return [table(await versions.list()), ...(isRouted ? [] : [NOT_ROUTED])].join('\n');
  }
}

function table(versions: readonly WorkerVersion[]): string {
  if (versions.length === 0) return 'No worker of this deployment has polled yet';
  return versions
    .map(({ buildId, status, percent, createdAt }) =>
      [buildId, status.padEnd(8), `${percent} %`.padStart(5), new Date(createdAt * 1_000).toISOString()].join('  '),
    )
    .join('\n');
}

if (import.meta.main) {
  await runCommand(async () => {
    const name = process.env['TEMPORAL_DEPLOYMENT_NAME'];
    if (name === undefined || name === '') throw new Error(USAGE);
    const { client, connection } = connectClient();
    try {
      console.log(
        await runDeployment(createWorkerVersions(client, name), parseArgs({ allowPositionals: true }).positionals),
      );
    } finally {
      await connection.close();
    }
  });
}
