import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createOutages } from '#stack/outages.ts';
import type { StackPart } from '#stack/stack-part.ts';
import type { Supervisor } from '#stack/supervisor.ts';

/** A part whose dependencies are away can't start; the next try follows after this, ms. */
const RETRY_AFTER_MS = 300;

/** A part that is restarted whenever it ends, as an orchestrator does, without a limit. */
export interface ResilientPart {
  readonly name: string;
  /** Of its current process; undefined while it is away. */
  pid(): Promise<number | undefined>;
  /** Kills it, acts, and then lets it be restarted. */
  during<Result>(act: () => Promise<Result>): Promise<Result>;
  /** How often it ended, for whatever reason. */
  ends(): number;
  /** Resolves when it runs and is healthy. */
  running(): Promise<void>;
}

export interface ResilientPartOptions {
  readonly supervisor: Supervisor;
  readonly dataDir: string;
  /** The supervisor's name of its process. */
  readonly process: string;
}

export function createResilientPart(
  part: StackPart,
  { supervisor, dataDir, process: name }: ResilientPartOptions,
): ResilientPart {
  const outages = createOutages(new Map([[name, part]]));
  let ends = 0;
  let healthy = Promise.resolve();
  const { stopping } = supervisor;

  async function restart(): Promise<void> {
    await outages.ended(name);
    while (!stopping.aborted) {
      try {
        return await part.restart();
      } catch {
        await sleep(RETRY_AFTER_MS);
        await outages.ended(name);
      }
    }
  }

  async function watch(): Promise<void> {
    while (!stopping.aborted) {
      await part.exited();
      ends += 1;
      if (stopping.aborted) return;
      healthy = restart();
      await healthy;
    }
  }
  void watch();

  return {
    name,
    during: (act) => outages.during(name, act),
    ends: () => ends,
    async running() {
      // A part that was just killed may not have been noticed yet.
      for (let seen = -1; seen !== ends;) {
        seen = ends;
        await healthy;
      }
    },
    async pid() {
      const record = await readFile(join(dataDir, 'run', `${name}.json`), 'utf8').catch(() => '{}');
      return (JSON.parse(record || '{}') as { pid?: number }).pid;
    },
  };
}
