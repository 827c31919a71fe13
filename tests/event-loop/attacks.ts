import { randomBytes, randomUUID } from 'node:crypto';
import { Agent, request, type IncomingMessage, type RequestOptions } from 'node:http';
import { once } from 'node:events';
import sharp from 'sharp';
import { createDemoTokens } from '#api/auth/demo-tokens.ts';
import { newKey } from '#api/api-keys/key-secret.ts';
import { createGcsImageStore } from '#activities/storage/gcs-image-store.ts';
import type { ImageStore } from '#activities/storage/port.ts';
import { PUBLISHED_SIDE_MAX_PX } from '#domain/generation/image-shape.ts';
import { createDatabase } from '#drizzle/connection/database.ts';
import { record } from '#drizzle/ledger/record.ts';
import { createApiClient } from '../api/api-client.ts';
import type { ServiceEnvironment } from '../processes/service-environment.ts';
import { admitted, anAvatar } from '../support/database/world.ts';
import { createTestBucket } from '../support/stack.ts';
import { manyScans } from '../uploads/hostile-images.ts';
import { noise } from '../uploads/images.ts';
import { longItems, longPersona, tooManyItems } from './long-texts.ts';

/** As many requests an attacker has under way at a time. */
const CONCURRENCY = 8;
const BASE = '/api/v1';
const MEBIBYTE = 1024 * 1024;
const KIBIBYTE = 1024;
/** An image that a provider may deliver at print size. */
const IMAGE_BYTES = 3 * MEBIBYTE;
const AVATARS = 8;

export interface Target {
  readonly address: string;
  readonly token: string;
  readonly projectId: string;
  readonly avatarIds: readonly string[];
  readonly costlyImage: Buffer;
  send(method: string, path: string, options?: SendOptions): Promise<number>;
  close(): Promise<void>;
}

interface SendOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  /** Ends the response after its first bytes. */
  readonly cut?: boolean;
}

/** Opens an account with a project and avatars whose images are as large as images get. */
export async function prepareAttacks(service: ServiceEnvironment, address: string): Promise<Target> {
  const tokens = createDemoTokens(service.signingKey);
  const token = await tokens.forUser({ sub: 'test|attacker', tier: 'pro', name: 'Attacker' });
  const client = createApiClient(address);
  const { body: profile } = await client.ok('readProfile', { token });
  const { body: project } = await client.ok('createProject', { token, body: { name: 'Attack' } });
  const { database, store } = await openStores(service);
  const avatarIds: string[] = [];
  for (let count = 0; count < AVATARS; count += 1) {
    const tenant = { account: { id: profile.accountId, tier: 'pro' } as never, projectId: project.id };
    const { id } = await admitted(database, tenant);
    const avatar = anAvatar(profile.accountId);
    await record(database, id, avatar);
    // The first is converted; the others are only sent.
    const image = count === 0 ? await largeImage() : randomBytes(IMAGE_BYTES);
    await store.write(avatar.image.object, image, { contentType: 'image/webp', immutable: true });
    avatarIds.push(avatar.id);
  }
  await database.close();
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  return {
    address,
    token,
    projectId: project.id,
    avatarIds,
    costlyImage: await manyScans(90),
    send: (method, path, options = {}) => send(new URL(path, address), { method, agent }, options),
    close: async () => agent.destroy(),
  };
}

/** Of the greatest size; its noise makes each format as large as it gets. */
function largeImage(): Promise<Buffer> {
  return noise(PUBLISHED_SIDE_MAX_PX, PUBLISHED_SIDE_MAX_PX).webp({ effort: 0 }).toBuffer();
}

async function openStores({
  env,
}: ServiceEnvironment): Promise<{ database: ReturnType<typeof createDatabase>; store: ImageStore }> {
  const database = createDatabase({ url: env['DATABASE_URL'] ?? '', poolSize: 2, applicationName: 'attacks' });
  const { clientEmail, privateKey } = await createTestBucket();
  const credentials = { clientEmail: clientEmail ?? '', privateKey: privateKey ?? '' };
  return {
    database,
    store: createGcsImageStore({ bucket: env['GCS_BUCKET'] ?? '', endpoint: env['GCS_ENDPOINT'], credentials }),
  };
}

async function send(url: URL, options: RequestOptions, { headers, body, cut }: SendOptions): Promise<number> {
  const sending = request(url, { ...options, headers: { ...headers, 'Idempotency-Key': randomUUID() } });
  sending.end(body);
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  if (cut) {
    await once(response, 'data');
    response.destroy();
    return response.statusCode ?? 0;
  }
  response.resume();
  await once(response, 'end');
  return response.statusCode ?? 0;
}

/** Sends requests, always {@link CONCURRENCY} at a time. @throws Error for another status than `expected` */
async function flood(
  count: number,
  expected: readonly number[],
  sendOne: (index: number) => Promise<number>,
): Promise<void> {
  let sent = 0;
  const worker = async () => {
    while (sent < count) {
      const index = (sent += 1);
      const status = await sendOne(index);
      if (!expected.includes(status)) throw new Error(`The answer has the status ${status}`);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

const JSON_TYPE = { 'Content-Type': 'application/json' };
const bearer = ({ token }: Pick<Target, 'token'>) => ({ Authorization: `Bearer ${token}` });

function postJson(target: Target, path: string, body: string): Promise<number> {
  return target.send('POST', `${BASE}${path}`, { headers: { ...JSON_TYPE, ...bearer(target) }, body });
}

function postForm(target: Target, path: string, image: Buffer): Promise<number> {
  const boundary = randomUUID();
  const part = `--${boundary}\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(part), image, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  const headers = { ...bearer(target), 'Content-Type': `multipart/form-data; boundary=${boundary}` };
  return target.send('POST', `${BASE}${path}`, { headers, body });
}

/** A token whose signature is wrong: the most that is verified of one. */
function forged({ token }: Target, index: number): string {
  return `${token.slice(0, -8)}${String(index).padStart(8, 'A')}`;
}

const PNG_SIDE_PX = 4_800;
let png: Promise<Buffer> | undefined;
/** Nearly the largest allowed. */
const largePng = () =>
  (png ??= sharp({ create: { width: PNG_SIDE_PX, height: PNG_SIDE_PX, channels: 3, background: '#135' } })
    .png({ compressionLevel: 1 })
    .toBuffer());

/** Each expensive surface of the public listener. */
export const ATTACKS: readonly { readonly what: string; attack(target: Target): Promise<void> }[] = [
  {
    what: 'batches of the greatest size, with the longest texts',
    attack: (target) =>
      flood(3, [202, 402, 422, 429], () =>
        postJson(target, `/projects/${target.projectId}/batches`, JSON.stringify({ items: longItems() })),
      ),
  },
  {
    what: 'previews of the longest texts',
    attack: (target) => flood(24, [200], () => postJson(target, '/prompts/preview', JSON.stringify(longItems(1)[0]))),
  },
  {
    what: 'suggestions, each of which is moderated',
    attack: (target) => flood(24, [200], () => postJson(target, '/prompts/suggest', JSON.stringify({ text: 'a' }))),
  },
  {
    what: 'moderation of a persona of many sentences',
    attack: (target) =>
      flood(24, [200], (index) =>
        target.send('PATCH', `${BASE}/avatars/${target.avatarIds[index % AVATARS]}`, {
          headers: { ...JSON_TYPE, ...bearer(target) },
          body: JSON.stringify({ persona: longPersona() }),
        }),
      ),
  },
  {
    what: 'JSON bodies of many values',
    attack: (target) =>
      flood(16, [400, 413], () => postJson(target, `/projects/${target.projectId}/batches`, tooManyItems('{}'))),
  },
  {
    what: 'JSON bodies of many nulls',
    attack: (target) =>
      flood(16, [400, 413], () => postJson(target, `/projects/${target.projectId}/batches`, tooManyItems('0'))),
  },
  {
    what: 'JSON bodies of unknown fields',
    attack: (target) => {
      const fields = Array.from({ length: 5_000 }, (_, index) => `"f${index}":0`).join(',');
      return flood(16, [400, 413], () => postJson(target, '/projects', `{${fields}}`));
    },
  },
  {
    what: 'JSON bodies of deep nesting',
    attack: (target) => {
      const half = 31 * KIBIBYTE;
      return flood(16, [400, 413], () => postJson(target, '/projects', '['.repeat(half) + ']'.repeat(half)));
    },
  },
  {
    what: 'texts that grow when they are normalized',
    attack: (target) =>
      flood(16, [400, 422], (index) =>
        postJson(target, '/projects', JSON.stringify({ name: `ﷺ${'\u0344'.repeat(20_000 + index)}` })),
      ),
  },
  {
    what: 'forged tokens',
    attack: (target) =>
      flood(100, [401, 429], (index) =>
        target.send('GET', `${BASE}/me`, { headers: bearer({ token: forged(target, index) }) }),
      ),
  },
  {
    what: 'tokens of the greatest length',
    attack: (target) =>
      flood(100, [401, 429], () =>
        target.send('GET', `${BASE}/me`, { headers: bearer({ token: `a.${'b'.repeat(8_000)}.c` }) }),
      ),
  },
  {
    what: 'unknown API keys',
    attack: (target) =>
      flood(100, [401, 429], () => target.send('GET', `${BASE}/me`, { headers: bearer({ token: newKey().key }) })),
  },
  { what: '/docs', attack: (target) => flood(100, [200], () => target.send('GET', '/docs')) },
  {
    what: 'the script of /docs',
    attack: (target) =>
      flood(40, [200], (index) =>
        target.send('GET', '/docs/scalar.js', { headers: { 'Accept-Encoding': index % 2 ? 'br' : 'identity' } }),
      ),
  },
  { what: '/openapi.json', attack: (target) => flood(64, [200], () => target.send('GET', '/openapi.json')) },
  { what: '/readyz', attack: (target) => flood(150, [200], () => target.send('GET', '/readyz')) },
  { what: 'unknown paths', attack: (target) => flood(150, [404], () => target.send('GET', `/${randomUUID()}`)) },
  {
    what: 'inspections of files that are slow to decode',
    attack: (target) =>
      flood(12, [200, 422, 429, 503], () => postForm(target, '/uploads/inspections', target.costlyImage)),
  },
  {
    what: 'uploads of large images',
    attack: async (target) => {
      const image = await largePng();
      await flood(8, [200, 201, 429, 503], () => postForm(target, '/uploads/inspections', image));
    },
  },
  {
    what: 'uploads of ten megabytes of nothing',
    attack: (target) => {
      const nothing = Buffer.alloc(10 * MEBIBYTE - KIBIBYTE);
      return flood(12, [415, 429, 503], () => postForm(target, '/uploads', nothing));
    },
  },
  {
    what: 'archives',
    attack: (target) =>
      flood(8, [200, 429, 503], () => postJson(target, '/avatars/download', JSON.stringify({ ids: target.avatarIds }))),
  },
  {
    what: 'exports',
    attack: (target) =>
      flood(8, [200, 429, 503], () => target.send('GET', `${BASE}/me/export`, { headers: bearer(target) })),
  },
  {
    what: 'images',
    attack: (target) =>
      flood(16, [200], (index) =>
        target.send('GET', `${BASE}/avatars/${target.avatarIds[index % AVATARS]}/image`, { headers: bearer(target) }),
      ),
  },
  {
    what: 'conversions of images',
    attack: (target) =>
      flood(4, [200, 429, 503], () =>
        target.send('GET', `${BASE}/avatars/${target.avatarIds[0]}/image?format=png&shape=circle`, {
          headers: bearer(target),
        }),
      ),
  },
  {
    what: 'event streams that are opened and left',
    attack: (target) =>
      flood(32, [200, 429], () => target.send('GET', `${BASE}/events`, { headers: bearer(target), cut: true })),
  },
  {
    what: 'lists of everything',
    attack: (target) =>
      flood(32, [200], () => target.send('GET', `${BASE}/generations?limit=100`, { headers: bearer(target) })),
  },
];
