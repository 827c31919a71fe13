import { access, constants, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from './arguments.ts';

const DOWNLOAD_TIMEOUT_MS = 60_000;

/** Checks the folder before credits are spent. @throws UsageError when it does not exist or is not writable */
export async function checkWritable(path: string): Promise<void> {
  await access(dirname(path), constants.W_OK).catch((error: unknown) => {
    throw new UsageError(`The folder ${dirname(path)} does not exist or is not writable.`, { cause: error });
  });
}

/**
 * Downloads an image; the file is written atomically.
 *
 * @returns bytes written
 * @throws Error when the download fails
 */
export async function saveImage(fetch: typeof globalThis.fetch, url: string, path: string): Promise<number> {
  const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
  if (!response.ok) throw new Error(`The image can't be downloaded (status ${response.status}): ${url}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const draft = `${path}.${process.pid}.part`;
  try {
    await writeFile(draft, bytes);
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  return bytes.length;
}
