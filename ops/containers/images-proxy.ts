import { readFile } from 'node:fs/promises';
import { createStorageGuard } from '#stack/gcs/guard.ts';
import { createLoopbackProxy, type LoopbackProxy } from '#stack/loopback-proxy.ts';
import type { ImagesEnv } from './images-env.ts';

/** Says whether the emulator is up, and nothing else. */
const HEALTH = '/_internal/healthcheck';
const HTTP_PORT = 80;

/**
 * What browsers reach of the containers' storage emulator, which knows neither callers nor signatures: images with a signed address.
 * API and workers reach the emulator itself, over the containers' network.
 */
export async function createImagesProxy(
  env: ImagesEnv,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<LoopbackProxy> {
  const { hostname, port: behind } = new URL(env.GCS_ENDPOINT);
  const guard = createStorageGuard({ privateKey: await readFile(env.GCS_PRIVATE_KEY_FILE, 'utf8'), hosts: [] });
  return createLoopbackProxy(
    port,
    { host: hostname, port: Number(behind || HTTP_PORT) },
    (request) => (request.method === 'GET' && request.url === HEALTH ? { path: HEALTH } : guard(request)),
    host,
  );
}
