import { existsSync, writeFileSync } from 'node:fs';
import type { ActivityDeps } from '#activities/create-activities.ts';
import type { ImageProvider } from '#activities/providers/port.ts';
import { createLog } from '#process/log.ts';
import { runProcess } from '#process/run-process.ts';
import { readWorkerEnv } from '#temporal/worker/env.ts';
import { runWorker } from '#temporal/worker/run-worker.ts';

/**
 * The real worker, killed with SIGKILL at one exact point, once. CRASH_AT is `before:<effect>` or `after:<effect>`; the
 * file CRASH_MARKER records that the crash has happened. Effects: a SQL statement's name, `submit`, `poll`, `cancel`,
 * `write:<staging|image|thumb>` and `remove`.
 */
const crashAt = process.env.CRASH_AT ?? '';
const marker = process.env.CRASH_MARKER ?? '';

function crashIf(crashPoint: string): void {
  if (crashPoint !== crashAt || existsSync(marker)) return;
  writeFileSync(marker, crashPoint);
  process.kill(process.pid, 'SIGKILL');
}

async function around<Result>(effect: string, act: () => Promise<Result>): Promise<Result> {
  crashIf(`before:${effect}`);
  const result = await act();
  crashIf(`after:${effect}`);
  return result;
}

function decorateDeps(deps: ActivityDeps): ActivityDeps {
  const { database, store, providers } = deps;
  return {
    ...deps,
    database: { ...database, call: (name, text, values) => around(name, () => database.call(name, text, values)) },
    store: {
      ...store,
      write: (name, bytes, options) => around(`write:${kindOf(name)}`, () => store.write(name, bytes, options)),
      remove: (name) => around('remove', () => store.remove(name)),
    },
    providers: new Map([...providers].map(([name, provider]) => [name, decorateProvider(provider)])),
  };
}

function decorateProvider(provider: ImageProvider): ImageProvider {
  return {
    ...provider,
    submit: (request, signal) => around('submit', () => provider.submit(request, signal)),
    cancel: (handle, signal) => around('cancel', () => provider.cancel(handle, signal)),
    async poll(handle, request, signal) {
      const progress = await provider.poll(handle, request, signal);
      if (progress.state === 'succeeded') crashIf('after:poll');
      return progress;
    },
  };
}

function kindOf(name: string): string {
  if (name.startsWith('staging/')) return 'staging';
  return name.endsWith('thumb.webp') ? 'thumb' : 'image';
}

await runProcess('The crashing worker', (lifetime) =>
  runWorker(readWorkerEnv(process.env), createLog('worker', 'warn'), lifetime, { decorate: decorateDeps }),
);
