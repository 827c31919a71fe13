import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isOurs } from '#process/cache-folder.ts';
import { isExecutable, openToolFolder } from '../cache.ts';
import type { Progress } from '../progress.ts';

/** The CLI release that is downloaded; its server has priority and fairness. */
export const DOWNLOADED_CLI_VERSION = '1.7.0';

/** Firewalls often drop packets instead of rejecting them: without a timeout, the start would hang for minutes. */
const REACHABLE_TIMEOUT_MS = 3_000;
/** The SDK requests the archive's URL from here. */
const DOWNLOAD_INDEX = 'https://temporal.download/cli';

export interface DownloadDeps {
  readonly cacheRoot: string;
  readonly progress: Progress;
  /** Whether the download service is reachable; replaced in tests. */
  readonly reachable?: () => Promise<boolean>;
  /** Makes the SDK download the CLI into a folder; replaced in tests. */
  readonly download?: (version: string, directory: string) => Promise<void>;
}

/**
 * The Temporal CLI from the SDK's own download, stored in the per-user cache.
 *
 * @throws Error within 3 s where the network does not allow the download.
 */
export async function downloadCli(deps: DownloadDeps): Promise<{ executable: string; version: string }> {
  const directory = join(deps.cacheRoot, `temporal-cli-${DOWNLOADED_CLI_VERSION}`);
  const cached = await findExecutable(directory);
  if (cached !== undefined) return { executable: cached, version: DOWNLOADED_CLI_VERSION };
  if (!(await (deps.reachable ?? isDownloadServiceReachable)())) {
    throw new Error(`${DOWNLOAD_INDEX} can't be reached from this network`);
  }
  await openToolFolder(directory);
  const step = deps.progress.begin(`Downloading the Temporal CLI ${DOWNLOADED_CLI_VERSION}`);
  try {
    await (deps.download ?? downloadBySdk)(`v${DOWNLOADED_CLI_VERSION}`, directory);
  } catch (error) {
    step.failed();
    throw error;
  }
  step.done();
  const executable = await findExecutable(directory);
  if (executable === undefined) throw new Error(`the SDK's download left no program in ${directory}`);
  return { executable, version: DOWNLOADED_CLI_VERSION };
}

async function isDownloadServiceReachable(): Promise<boolean> {
  try {
    const url = `${DOWNLOAD_INDEX}/v${DOWNLOADED_CLI_VERSION}?arch=${process.arch === 'arm64' ? 'arm64' : 'amd64'}&platform=${process.platform}`;
    const response = await fetch(url, { signal: AbortSignal.timeout(REACHABLE_TIMEOUT_MS) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** The SDK downloads only when it starts a server: it starts one for a moment. */
async function downloadBySdk(version: string, downloadDir: string): Promise<void> {
  // Imported only here: an installation without development dependencies can still use every other candidate.
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const environment = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'cached-download', version, downloadDir } },
  });
  await environment.teardown();
}

/** The only program in the folder: its name, which contains the version, is chosen by the SDK. */
async function findExecutable(directory: string): Promise<string | undefined> {
  if (!(await isOurs(directory))) return undefined;
  const names = await readdir(directory);
  for (const name of names.filter((candidate) => !candidate.endsWith('.downloading'))) {
    const path = join(directory, name);
    if ((await isOurs(path)) && (await stat(path)).isFile() && (await isExecutable(path))) return path;
  }
  return undefined;
}
