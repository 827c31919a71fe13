import { createServer } from 'vite';
import { readEnv } from './env.ts';

/** The page as it is being written: every saved file shows at once, without a reload. */
const { port, host } = readEnv(process.env);
const server = await createServer({
  configFile: `${import.meta.dirname}/vite.config.ts`,
  server: { strictPort: true },
});
await server.listen();
console.log(`The page is served from its sources on http://${host}:${port}`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void server.close().finally(() => process.exit(0)));
}
