import { join } from 'node:path';
import { serverEnvironment } from '#stack/inherited-environment.ts';
import { LOOPBACK } from '#stack/ports.ts';
import { startPart } from '#stack/stack-part.ts';
import { waitUntil } from '#stack/wait-until.ts';
import type { FaultStack } from './fault-stack.ts';
import { createResilientPart, type ResilientPart } from './resilient-part.ts';
import { COMPILE_CACHE } from '../../support/compile-cache.ts';

const CLOCK = join(import.meta.dirname, '../faults/clock/shifted-clock.ts');
/** The programs of a copied tree are compiled first, while three of them start and other studios work. */
const START_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 20_000;
const HEALTH_TIMEOUT_MS = 2_000;

export interface ProgramSpec {
  readonly name: string;
  /** Relative to the tree. */
  readonly program: 'api/server.ts' | 'temporal/worker/worker.ts';
  readonly portVariable: 'API_PORT' | 'METRICS_PORT';
  readonly env: Readonly<Record<string, string>>;
  /** The tree whose programs run: this one, or a copy with a seeded bug. */
  readonly tree: string;
}

export interface Program {
  readonly part: ResilientPart;
  readonly port: number;
  /** Stops and starts it in order, as a release does. */
  release(): Promise<void>;
}

/** Where a program reads by how much its clock is shifted. */
export function clockFile({ dataDir }: Pick<FaultStack, 'dataDir'>, name: string): string {
  return join(dataDir, `${name}.clock`);
}

/** Starts one of our programs, with a clock that a fault can shift, and waits until it is healthy. */
export async function startProgram(stack: FaultStack, spec: ProgramSpec): Promise<Program> {
  const { supervisor, dataDir } = stack;
  const port = await stack.ports.choose(spec.name, 0);
  const part = await startPart(() =>
    supervisor.start({
      name: spec.name,
      command: process.execPath,
      args: ['--import', CLOCK, spec.program],
      cwd: spec.tree,
      env: serverEnvironment(process.env, {
        ...spec.env,
        FAULT_CLOCK_FILE: clockFile(stack, spec.name),
        ...COMPILE_CACHE,
        [spec.portVariable]: String(port),
      }),
      stopTimeoutMs: STOP_TIMEOUT_MS,
      ready: async (signal) => {
        await waitUntil({ what: `${spec.name} being healthy`, timeoutMs: START_TIMEOUT_MS, signal }, async () => {
          const url = `http://${LOOPBACK}:${port}/healthz`;
          return (await fetch(url, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) })).ok;
        });
      },
    }),
  );
  const resilient = createResilientPart(part, { supervisor, dataDir, process: spec.name });
  return {
    part: resilient,
    port,
    async release() {
      const ended = part.exited();
      await part.stop();
      await ended;
      await resilient.running();
    },
  };
}
