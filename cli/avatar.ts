import { join, resolve } from 'node:path';
import { readArguments, USAGE, UsageError } from './arguments.ts';
import { readCliEnv } from './env.ts';
import { findStudio } from './find-studio.ts';
import { generateAvatar, type Outcome } from './generate-avatar.ts';
import { createProgressReporter } from './progress-reporter.ts';
import { createStudioClient } from './studio-client.ts';
import { StudioRefusal, StudioUnreachable } from './studio-errors.ts';

const PROJECT_DIR = join(import.meta.dirname, '..');

const EXIT = { saved: 0, noImage: 1, usage: 2, unreachable: 3, interrupted: 130 } as const;
const EXIT_OF_OUTCOME: Readonly<Record<Outcome['outcome'], number>> = {
  saved: EXIT.saved,
  'no-image': EXIT.noImage,
  cancelled: EXIT.interrupted,
};

const interrupt = new AbortController();
// Once: a second Ctrl-C ends the command immediately.
process.once('SIGINT', () => interrupt.abort(new Error('Stopped before a generation was started.')));

process.exitCode = await main();

async function main(): Promise<number> {
  const progress = createProgressReporter(process.stderr, () => performance.now());
  try {
    const request = readArguments(process.argv.slice(2));
    if (request === undefined) {
      process.stdout.write(USAGE);
      return EXIT.saved;
    }
    const env = readCliEnv(process.env);
    const addressesFile = join(env.DATA_DIR ?? join(PROJECT_DIR, '.data'), 'addresses.json');
    const baseUrl = await findStudio([request.api, env.AVATAR_STUDIO_URL], addressesFile);
    const client = createStudioClient({ baseUrl, fetch });
    const out = resolve(env.INIT_CWD ?? process.cwd(), request.out);
    const deps = { client, fetch, progress, interrupted: interrupt.signal };
    const { outcome, message } = await generateAvatar(deps, request, out, env.AVATAR_STUDIO_TOKEN);
    (outcome === 'saved' ? process.stdout : process.stderr).write(`${message}\n`);
    return EXIT_OF_OUTCOME[outcome];
  } catch (error) {
    progress.end();
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  if (interrupt.signal.aborted) return EXIT.interrupted;
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof StudioRefusal) return EXIT.noImage;
  return error instanceof StudioUnreachable ? EXIT.unreachable : EXIT.noImage;
}
