import { runProcess, type Lifetime, type Running } from '#process/run-process.ts';
import { readImagesEnv } from './images-env.ts';
import { createImagesProxy } from './images-proxy.ts';

/** Published on the machine's loopback interface: in the container it listens on all. */
const ADDRESS = { host: '0.0.0.0', port: 4443 };
const STOP_MS = 5_000;

/** The proxy of the storage emulator in docker-compose.yml: `node ops/containers/serve-images.ts`. */
async function start({ held }: Lifetime): Promise<Running> {
  const proxy = await createImagesProxy(readImagesEnv(process.env), ADDRESS);
  await proxy.open();
  held.defer(() => proxy.close());
  console.log(`Images are served on port ${ADDRESS.port}`);
  return { stopTimeoutMs: STOP_MS };
}

await runProcess('The images', start);
