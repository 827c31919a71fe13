import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const squeeze = promisify(brotliCompress);
/** A tenth of a second for 5 MB; the highest would take ten seconds for a fifth less. */
const BROTLI_QUALITY = 5;
const SCRIPT_PATH = '/js/scalar.js';

export interface ScalarScript {
  readonly plain: string;
  readonly brotli: Buffer;
}

/** What the package asks of its host, a Fastify server, and tells it. */
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
 * Scalar's reader as one script. Of its packages only the plugin for Fastify brings the script without the sources of the whole
 * client (240 MB), and only as the answer of a route: so the plugin is given a host that listens.
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
  if (plain === '') throw new Error('The package of the API reference has no script any more');
  const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
  return { plain, brotli: await squeeze(plain, { params }) };
}
