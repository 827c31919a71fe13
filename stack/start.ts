import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { STARTUP_TEXT } from '#domain/startup/startup-part.ts';
import { migrate } from '#drizzle/migrate/migrate.ts';
import { seed } from '#drizzle/seed.ts';
import { explain } from '#process/explain.ts';
import { launch, type Studio } from './launch.ts';
import { hasDemoUsers, readLauncherEnv } from './launcher-env.ts';
import { createProgress, elapsed, type Progress } from './progress.ts';
import { StoppingError } from './supervisor.ts';

/** The demo user of the printed link. */
const DEMO_USER = 'alice';
/** Exit code of a process ended by SIGINT, as shells expect it. */
const INTERRUPTED = 130;

/** `npm start` and `npm run dev`: runs everything until Ctrl-C or SIGTERM. */
async function main(): Promise<number> {
  const projectDir = dirname(dirname(fileURLToPath(import.meta.url)));
  const progress = createProgress(process.stdout);
  // After the terminal is closed, writes fail, but everything must still be stopped.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);

  const interrupt = new AbortController();
  let studio: Studio | undefined;
  let crash: unknown;
  const interrupted = new Promise<void>((resolveInterrupted) => {
    const stop = (reason: string): void => {
      interrupt.abort(new StoppingError(reason));
      resolveInterrupted();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (interrupt.signal.aborted) void studio?.kill();
        stop(signal);
      });
    }
    // A launcher that crashes must not leave its children running.
    for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
      process.on(event, (error: unknown) => {
        crash ??= error;
        stop(event);
      });
    }
  });

  const startedAt = performance.now();
  try {
    const launcherEnv = readLauncherEnv(process.env);
    const dataDir = resolve(launcherEnv.DATA_DIR ?? join(projectDir, '.data'));
    const demo = hasDemoUsers(launcherEnv);
    studio = await launch({
      projectDir,
      dataDir,
      env: process.env,
      launcherEnv,
      progress,
      mode: process.argv.includes('--watch') ? 'development' : 'production',
      signal: interrupt.signal,
      prepareDatabase: async (ownerUrl) => {
        const applied = await migrate(ownerUrl);
        if (applied.length > 0) progress.say('Database: schema brought up to date');
        await seed(ownerUrl);
      },
      onPage: ({ webUrl }) => {
        progress.say(`\nThe page is up after ${elapsed(performance.now() - startedAt)}: ${pageUrl(webUrl, demo)}`);
        progress.say('Generations are accepted now and run as soon as the engine below is ready.');
        for (const { label, purpose } of Object.values(STARTUP_TEXT)) progress.say(`  ${label.padEnd(16)} ${purpose}`);
      },
      onEngine: () => progress.say(`Generations run after ${elapsed(performance.now() - startedAt)}`),
    });
    announce(progress, studio, { dataDir, demo, tookMs: performance.now() - startedAt });
    await Promise.race([interrupted, studio.running]);
    if (crash !== undefined) throw crash;
    progress.say('Stopping …');
    await studio.stop();
    progress.say('Stopped. All data is retained for the next start.');
    return 0;
  } catch (error) {
    await studio?.stop();
    if (error instanceof StoppingError && crash === undefined) {
      progress.say('Stopped.');
      return INTERRUPTED;
    }
    process.stderr.write(`\nAvatar Studio can't run: ${explain(crash ?? error)}\n`);
    return 1;
  }
}

interface Start {
  readonly dataDir: string;
  readonly demo: boolean;
  readonly tookMs: number;
}

function pageUrl(webUrl: string, demo: boolean): string {
  return demo ? `${webUrl}/?user=${DEMO_USER}   (signed in as the demo user ${DEMO_USER})` : webUrl;
}

function announce(progress: Progress, studio: Studio, { dataDir, demo, tookMs }: Start): void {
  const { webUrl, apiUrl, internalUrl, temporalUiUrl, temporalAddress } = studio.addresses;
  const lines = [
    ['Web', pageUrl(webUrl, demo)],
    ['API', `${apiUrl}/api/v1   (documentation: ${apiUrl}/docs)`],
    ['Services', `${internalUrl}   (the API for other services)`],
    ['Temporal', temporalUiUrl === undefined ? temporalAddress : `${temporalUiUrl}   (server: ${temporalAddress})`],
    ['Data, logs', `${dataDir}, ${join(dataDir, 'logs')}`],
  ] as const;
  progress.say(`\nAvatar Studio is ready after ${elapsed(tookMs)}`);
  for (const [name, value] of lines) progress.say(`  ${name.padEnd(11)} ${value}`);
  progress.say('Ctrl-C stops everything.\n');
}

process.exitCode = await main();
// Handles of libraries (keep-alive sockets, a pending health check) must not delay the exit of the launcher.
process.exit();
