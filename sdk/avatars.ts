import type { Avatar, AvatarFilter, AvatarImages, TrackUsage, TrackedUsage } from './contract-types.ts';
import { NotFoundError } from './errors.ts';
import type { CallOptions, CreateOptions } from './options.ts';
import { createList, type List, type ListOptions } from './pages.ts';
import type { Transport } from './transport.ts';

const BASE = '/api/v1/avatars';
const INTERNAL_AVATARS = '/internal/v1/avatars';
/** The API's maximum per request. */
const BATCH_SIZE = 100;
/** Concurrent single reads, where the API has no batch read. */
const CONCURRENCY = 6;

export interface AvatarBatch {
  /** In the requested order, each once. */
  readonly data: readonly Avatar[];
  /** Ids that do not exist or belong to another user. */
  readonly missing: readonly string[];
}

export interface Avatars {
  get(id: string, options?: CallOptions): Promise<Avatar>;
  /** Signed addresses of the image in 128, 256 and 512 px and as it is stored; smaller sizes are made at the first call. */
  images(id: string, options?: CallOptions): Promise<AvatarImages>;
  /** Reads any number of avatars; missing ones are returned in `missing`, not thrown. */
  batchGet(ids: readonly string[], options?: CallOptions): Promise<AvatarBatch>;
  /** Avatars of one project, or all. */
  list(filter?: AvatarFilter & { readonly projectId?: string | undefined }, options?: ListOptions): List<Avatar>;
  /** Records that an app used an avatar. The same idempotency key counts once. */
  trackUsage(id: string, usage: TrackUsage, options?: CreateOptions): Promise<TrackedUsage>;
}

/** @param base path of single avatars */
function createAvatars(
  transport: Transport,
  { base, readMany }: { readonly base: string; readonly readMany: Avatars['batchGet'] },
): Avatars {
  return {
    get: (id, { signal } = {}) => transport.json({ method: 'GET', path: `${base}/${encodeURIComponent(id)}`, signal }),
    images: (id, { signal } = {}) =>
      transport.json({ method: 'GET', path: `${BASE}/${encodeURIComponent(id)}/images`, signal }),
    batchGet: readMany,
    list({ projectId, ...filter } = {}, options = {}) {
      const path = projectId === undefined ? BASE : `/api/v1/projects/${encodeURIComponent(projectId)}/avatars`;
      return createList(transport, path, filter, options);
    },
    trackUsage: (id, body, { idempotencyKey = crypto.randomUUID(), signal } = {}) =>
      transport.json({
        method: 'POST',
        path: `${base}/${encodeURIComponent(id)}/usage`,
        body,
        idempotencyKey,
        signal,
      }),
  };
}

/** For user tokens. */
export function createUserAvatars(transport: Transport): Avatars {
  const avatars: Avatars = createAvatars(transport, {
    base: BASE,
    async readMany(ids, options) {
      const waiting = [...new Set(ids)];
      const found = new Map<string, Avatar>();
      const missing: string[] = [];
      const read = async (): Promise<void> => {
        for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
          try {
            found.set(id, await avatars.get(id, options));
          } catch (error) {
            if (!(error instanceof NotFoundError)) throw error;
            missing.push(id);
          }
        }
      };
      const wanted = [...waiting];
      await Promise.all(Array.from({ length: CONCURRENCY }, read));
      return {
        data: wanted.flatMap((id) => found.get(id) ?? []),
        missing: wanted.filter((id) => missing.includes(id)),
      };
    },
  });
  return avatars;
}

/** For services on behalf of a user. */
export function createServiceAvatars(transport: Transport): Avatars {
  return createAvatars(transport, {
    base: INTERNAL_AVATARS,
    async readMany(ids, { signal } = {}) {
      const wanted = [...new Set(ids)];
      const data: Avatar[] = [];
      const missing: string[] = [];
      for (let from = 0; from < wanted.length; from += BATCH_SIZE) {
        const body = { ids: wanted.slice(from, from + BATCH_SIZE) };
        const path = `${INTERNAL_AVATARS}/batch-get`;
        const batch = await transport.json<AvatarBatch>({ method: 'POST', path, body, repeatable: true, signal });
        data.push(...batch.data);
        missing.push(...batch.missing);
      }
      return { data, missing };
    },
  });
}
