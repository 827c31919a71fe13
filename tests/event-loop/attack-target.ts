import { randomBytes, randomUUID } from 'node:crypto';
import { Agent, request, type IncomingMessage, type RequestOptions } from 'node:http';
import { once } from 'node:events';
import { createDemoTokens } from '#api/auth/demo-tokens.ts';
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

/** As many requests an attacker has under way at a time. */
const CONCURRENCY = 8;
export const BASE = '/api/v1';
export const MEBIBYTE = 1024 * 1024;
export const KIBIBYTE = 1024;
/** An image that a provider may deliver at print size. */
const IMAGE_BYTES = 3 * MEBIBYTE;
export const AVATARS = 8;

/** What an attacker does at once. */
export interface Attack {
  readonly what: string;
  attack(target: Target): Promise<void>;
}

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
export async function flood(
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

export const JSON_TYPE = { 'Content-Type': 'application/json' };
export const bearer = ({ token }: Pick<Target, 'token'>) => ({ Authorization: `Bearer ${token}` });

export function postJson(target: Target, path: string, body: string): Promise<number> {
  return target.send('POST', `${BASE}${path}`, { headers: { ...JSON_TYPE, ...bearer(target) }, body });
}

export function postForm(target: Target, path: string, image: Buffer): Promise<number> {
  const boundary = randomUUID();
  const part = `--${boundary}\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(part), image, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  const headers = { ...bearer(target), 'Content-Type': `multipart/form-data; boundary=${boundary}` };
  return target.send('POST', `${BASE}${path}`, { headers, body });
}
