import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cacheRoot } from '#process/cache-folder.ts';
import { toolDirectory } from '#stack/cache.ts';
import { startStack } from '#stack/start-stack.ts';
import { FAKE_GCS_SERVER } from '#stack/tools.ts';
import { sharedStack } from '../support/stack.ts';
import { createDataDir, removeDataDir, testEnvironment } from '../support/temporary-stack.ts';

/**
 * A stand-in for the Temporal CLI, which is not available everywhere: it accepts the command line that we give the CLI
 * and forwards every byte to a real Temporal server.
 */
function standIn(upstream: string, argumentsFile: string): string {
  const [host, port] = upstream.split(':');
  return `#!${process.execPath}
const { connect, createServer } = require('node:net');
const args = process.argv.slice(2);
if (args[0] === '--version') { console.log('temporal version 1.7.2 (Server 1.32.0, UI 2.50.0)'); process.exit(0); }
require('node:fs').writeFileSync(${JSON.stringify(argumentsFile)}, JSON.stringify(args));
createServer((client) => {
  const server = connect(${port}, ${JSON.stringify(host)});
  client.pipe(server).pipe(client);
  client.on('error', () => server.destroy());
  server.on('error', () => client.destroy());
}).listen(Number(args[args.indexOf('--port') + 1]), args[args.indexOf('--ip') + 1]);
process.on('SIGTERM', () => process.exit(0));
`;
}

describe('a Temporal CLI on PATH without a downloaded server in the cache', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await createDataDir();
  });
  afterEach(() => removeDataDir(dataDir));

  test('runs as development server with a data file and the settings of the downloaded server', async () => {
    const [bin, cache] = [join(dataDir, 'bin'), join(dataDir, 'cache')];
    const argumentsFile = join(dataDir, 'arguments.json');
    await mkdir(bin);
    await mkdir(join(cache, 'avatar-studio'), { recursive: true });
    const emulator = toolDirectory(cacheRoot(process.env), FAKE_GCS_SERVER);
    await cp(emulator, toolDirectory(join(cache, 'avatar-studio'), FAKE_GCS_SERVER), { recursive: true });
    await writeFile(join(bin, 'temporal'), standIn(sharedStack().temporalAddress, argumentsFile), { mode: 0o755 });
    const env = { ...testEnvironment(), PATH: `${bin}:${process.env['PATH']}`, XDG_CACHE_HOME: cache };

    const stack = await startStack({ dataDir, env, durable: false });
    try {
      expect(stack.temporalAddress).not.toBe(sharedStack().temporalAddress);
      const connection = await Connection.connect({ address: stack.temporalAddress });
      await connection.workflowService.describeNamespace({ namespace: stack.temporalNamespace });
      await connection.close();
      const args = (JSON.parse(await readFile(argumentsFile, 'utf8')) as string[]).join(' ');
      expect(args).toMatch(/^server start-dev --ip 127\.0\.0\.1 /);
      expect(args).toContain(`--db-filename ${dataDir}/temporal/`);
      expect(args).toContain('--dynamic-config-value matching.enableFairness=true');
      expect(args).toContain('--dynamic-config-value matching.numTaskqueueWritePartitions=1');
      expect(args).toContain('--dynamic-config-value system.namespaceCacheRefreshInterval="1s"');
      expect(stack.temporalUiUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    } finally {
      await stack.stop();
    }
  });
});
