import { createServer } from 'vite';
import { runProcess, type Lifetime, type Running } from '#process/run-process.ts';
import { readEnv } from './env.ts';

/** Open pages lose their connection and reconnect by themselves. */
const CLOSE_MS = 5_000;

/** Serves the page from its sources with hot reloading. */
async function start({ held }: Lifetime): Promise<Running> {
  const { port, host } = readEnv(process.env);
  const server = await createServer({
    configFile: `${import.meta.dirname}/vite.config.ts`,
    server: { strictPort: true },
  });
  held.defer(() => server.close());
  await server.listen();
  console.log(`The page is served from its sources on http://${host}:${port}`);
  return { stopTimeoutMs: CLOSE_MS };
}

await runProcess("The page's development server", start);
