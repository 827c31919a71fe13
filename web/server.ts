import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readEnv } from './env.ts';
import { createWebApp } from './server/create-web-app.ts';

/** Open event streams end at once when told to; this is for what hangs. */
const SHUTDOWN_LIMIT_MS = 5_000;

/** Above the keep-alive of usual balancers (60 s), as the API's: they close first. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

const distDir = join(import.meta.dirname, 'dist');

async function main(): Promise<void> {
  const env = readEnv(process.env);
  if (!existsSync(join(distDir, 'index.html')))
    throw new Error('The page is not built. Run `npm run build:web` first.');
  const server = createWebApp({ distDir, ...env }).listen(env.port, env.host);
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  console.log(`The web server listens on http://${env.host}:${port}`);
  const stop = () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
    setTimeout(() => process.exit(1), SHUTDOWN_LIMIT_MS).unref();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
