import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Writes a Temporal profile of the embedded server into `<dataDir>/temporal/temporal.toml`. The services read this one
 * instead of the user's own, whose default profile may add the API key and TLS of a production server. For the Temporal CLI:
 * `TEMPORAL_CONFIG_FILE=.data/temporal/temporal.toml temporal workflow list`.
 *
 * @returns its path.
 */
export async function writeTemporalProfile(dataDir: string, address: string, namespace: string): Promise<string> {
  const path = join(dataDir, 'temporal', 'temporal.toml');
  await mkdir(join(dataDir, 'temporal'), { recursive: true });
  await writeFile(
    path,
    `[profile.default]\naddress = ${JSON.stringify(address)}\nnamespace = ${JSON.stringify(namespace)}\n`,
  );
  return path;
}
