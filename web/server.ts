import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENT_LIMITS } from '#process/client-limits.ts';
import { createDrainingServer } from '#process/draining-server.ts';
import { listen } from '#process/listen.ts';
import { runProcess, type Lifetime, type Running } from '#process/run-process.ts';
import { readEnv } from './env.ts';
import { createWebApp } from './server/create-web-app.ts';

/** Same as the API's: most open requests are proxied to it. */
const FINISH_MS = 15_000;
/** Only connections are held. */
const CLOSE_MS = 1_000;

const distDir = join(import.meta.dirname, 'dist');

async function start({ held }: Lifetime): Promise<Running> {
  const env = readEnv(process.env);
  if (!existsSync(join(distDir, 'index.html')))
    throw new Error('The page is not built. Run `npm run build:web` first.');
  let ready = true;
  const app = createWebApp({ distDir, ...env, isReady: () => ready });
  const { server, drain } = createDrainingServer(CLIENT_LIMITS, app);
  console.log(`The web server listens on ${await listen(server, env)}`);
  held.defer(async () => {
    const closed = await drain({ drainMs: env.drainMs, finishMs: FINISH_MS, onDrain: () => void (ready = false) });
    if (closed > 0) console.log(`${closed} connections were closed because their requests took too long`);
  });
  return { stopTimeoutMs: env.drainMs + FINISH_MS + CLOSE_MS };
}

await runProcess('The web server', start);
