import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UsageError } from './arguments.ts';

/** Written by `npm start` when the studio is up. */
const addresses = z.object({ apiUrl: z.url() });

/**
 * The studio's address: as told, else the one that was started in this project.
 *
 * @param told by option or environment, the strongest first
 * @throws UsageError when nobody told and none was started here
 */
export async function findStudio(candidates: readonly (string | undefined)[], addressesFile: string): Promise<string> {
  const given = candidates.find((address) => address !== undefined);
  if (given !== undefined) return given.replace(/\/+$/, '');
  const text = await readFile(addressesFile, 'utf8').catch(() => undefined);
  if (text === undefined) {
    throw new UsageError('No studio runs here. Start one with `npm start` in another terminal, or pass --api URL.');
  }
  return addresses.parse(JSON.parse(text)).apiUrl;
}
