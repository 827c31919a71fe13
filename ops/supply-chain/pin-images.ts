import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { runCommand } from '#process/run-command.ts';

const ROOT = new URL('../../', import.meta.url);
const FILES = ['docker-compose.yml', 'Dockerfile'];
/** `name:tag`, with or without a digest, where an image is named. */
const IMAGE = /^(\s*image: |ARG NODE_IMAGE=)([\w./-]+):([\w.-]+)(@sha256:[0-9a-f]{64})?$/gm;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
/** An index of all platforms rather than one platform's manifest. */
const ACCEPT = 'application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json';
const REQUEST_TIMEOUT_MS = 10_000;
/** A token takes a few kilobytes. */
const TOKEN_MAX_LENGTH = 64 * 1024;

/**
 * The digest of an image's tag, asked by the registry's HTTP API (OCI distribution), with the anonymous token that it hands out.
 * @param registry URL of the registry
 * @throws Error in a sentence when the registry does not answer, or not with a digest
 */
export async function readDigest(registry: string, name: string, tag: string): Promise<string> {
  const repository = name.includes('/') ? name : `library/${name}`;
  const url = new URL(`/v2/${repository}/manifests/${tag}`, registry);
  const first = await request(url, { accept: ACCEPT });
  const challenge = first.headers.get('www-authenticate');
  const response =
    first.status === 401 && challenge !== null
      ? await request(url, { accept: ACCEPT, authorization: `Bearer ${await readToken(challenge)}` })
      : first;
  const digest = response.headers.get('docker-content-digest');
  if (response.ok && digest !== null && DIGEST.test(digest)) return digest;
  throw new Error(`The registry has no digest of ${name}:${tag} (${response.status})`);
}

async function request(url: URL, headers: Record<string, string>, method = 'HEAD'): Promise<Response> {
  try {
    return await fetch(url, { method, headers, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
  } catch (cause) {
    throw new Error(`The registry at ${url.host} does not answer`, { cause });
  }
}

async function readToken(challenge: string): Promise<string> {
  const parameters = new Map([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]));
  const url = new URL(parameters.get('realm') ?? '');
  for (const key of ['service', 'scope']) url.searchParams.set(key, parameters.get(key) ?? '');
  const text = await (await request(url, {}, 'GET')).text();
  if (text.length > TOKEN_MAX_LENGTH) throw new Error(`The answer of ${url.host} is too long for a token`);
  const { token, access_token: accessToken } = JSON.parse(text) as { token?: string; access_token?: string };
  return token ?? accessToken ?? '';
}

/** Adds the digest to every image of a file's text, or replaces it. */
export async function pinImages(
  text: string,
  digestOf: (name: string, tag: string) => Promise<string>,
): Promise<string> {
  const digests = new Map<string, string>();
  for (const [, , name = '', tag = ''] of text.matchAll(IMAGE)) {
    digests.set(`${name}:${tag}`, digests.get(`${name}:${tag}`) ?? (await digestOf(name, tag)));
  }
  return text.replaceAll(
    IMAGE,
    (_whole, start: string, name: string, tag: string) => `${start}${name}:${tag}@${digests.get(`${name}:${tag}`)}`,
  );
}

if (import.meta.main) {
  await runCommand(async () => {
    const [registry] = parseArgs({ allowPositionals: true }).positionals;
    if (registry === undefined) throw new Error('npm run images:pin -- <URL of the registry>');
    for (const file of FILES) {
      const path = new URL(file, ROOT);
      await writeFile(
        path,
        await pinImages(await readFile(path, 'utf8'), (...image) => readDigest(registry, ...image)),
      );
    }
  });
}
