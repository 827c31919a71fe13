import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UsageError } from './arguments.ts';

/** Written by `npm start` when the studio is ready. */
const addresses = z.object({ apiUrl: z.url() });

/**
 * The studio's URL: the first given one, or that of the studio started in this project.
 *
 * @param candidates from option and environment, in order of precedence
 * @throws UsageError when none is given and no studio is running
 */
export async function findStudio(candidates: readonly (string | undefined)[], addressesFile: string): Promise<string> {
  const given = candidates.find((address) => address !== undefined);
  if (given !== undefined) return given.replace(/\/+$/, '');
  const text = await readFile(addressesFile, 'utf8').catch(() => undefined);
  if (text === undefined) {
    throw new UsageError('No studio is running. Start one with `npm start` in another terminal, or pass --api URL.');
  }
  return addresses.parse(JSON.parse(text)).apiUrl;
}
