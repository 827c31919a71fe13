import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const compress = promisify(brotliCompress);
/** Compresses 5 MB in 0.1 s; the highest quality would take ten seconds and save another fifth. */
const BROTLI_QUALITY = 5;
const SCRIPT_PATH = '/js/scalar.js';

export interface ScalarScript {
  readonly plain: Buffer;
  readonly brotli: Buffer;
}

/** The part of Fastify's interface that the plugin uses. */
interface Host {
  hasPlugin(name: string): boolean;
  route(route: { readonly url: string; handler(request: object, reply: Reply): unknown }): void;
}
interface Reply {
  header(name: string, value: string): Reply;
  send(body: string): unknown;
}
type Plugin = (host: Host, options: { configuration: { url: string } }, done: () => void) => void;

/**
 * Scalar's API reference as one script. Of its packages only the Fastify plugin contains the script without the sources of the whole
 * client (240 MB), and only as the response of a route: so the plugin is registered with a host that captures that response.
 * @throws Error when the package no longer has such a route
 */
export async function loadScalarScript(): Promise<ScalarScript> {
  const { default: plugin } = (await import('@scalar/fastify-api-reference')) as { default: Plugin };
  let plain = '';
  const reply: Reply = { header: () => reply, send: (body) => (plain = body) };
  const host: Host = {
    hasPlugin: () => false,
    route({ url, handler }) {
      if (url.endsWith(SCRIPT_PATH)) handler({}, reply);
    },
  };
  plugin(host, { configuration: { url: '/openapi.json' } }, () => {});
  if (plain === '') throw new Error('The Scalar package no longer contains the API reference script');
  const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
  const bytes = Buffer.from(plain);
  return { plain: bytes, brotli: await compress(bytes, { params }) };
}
