import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const AddressesSchema = z.object({
  webUrl: z.string(),
  apiUrl: z.string(),
  internalUrl: z.string(),
  workerMetricsUrl: z.string(),
  temporalAddress: z.string(),
  temporalNamespace: z.string(),
  temporalUiUrl: z.string().optional(),
  temporalMetricsUrl: z.string().optional(),
});

/** Addresses of the running studio. */
export type Addresses = z.infer<typeof AddressesSchema>;

const pathIn = (dataDir: string): string => join(dataDir, 'addresses.json');

/** Stores the addresses for commands such as `npm run avatar`, since ports may differ from the defaults. */
export async function writeAddresses(dataDir: string, addresses: Addresses): Promise<void> {
  await writeFile(pathIn(dataDir), `${JSON.stringify(addresses, null, 2)}\n`);
}

/** @returns undefined when no studio runs on this data folder. */
export async function readAddresses(dataDir: string): Promise<Addresses | undefined> {
  const text = await readFile(pathIn(dataDir), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : AddressesSchema.parse(JSON.parse(text));
}

/** Removes the addresses when the studio stops. */
export async function removeAddresses(dataDir: string): Promise<void> {
  await rm(pathIn(dataDir), { force: true });
}
