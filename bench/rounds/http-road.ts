import { z } from 'zod';
import { API_BASE } from '#contract/route.ts';
import { requestOf, type BenchStudio } from '../bench-studio.ts';
import type { BenchUser } from './generate-request.ts';
import { Refused } from './round.ts';
import { openStreams } from './streams.ts';
import type { Road } from './road.ts';
import { startApi } from './start-api.ts';

const REQUEST_TIMEOUT_MS = 30_000;
const BUSY: ReadonlySet<number> = new Set([429, 503]);

const accepted = z.object({ id: z.string() });

/**
 * The whole road, as a user takes it: a POST with a token through authentication, limits and moderation, and the avatar on an event
 * stream. The API runs as a process of its own.
 * @param streams open event streams, shared out among the users
 * @param env further variables of the API
 */
export async function openHttpRoad(
  studio: BenchStudio,
  streams: number,
  env: Readonly<Record<string, string>> = {},
): Promise<Road> {
  const api = await startApi(studio, env);
  const tokenOf = api.tokens;
  const watched = streamUsers(studio.users, streams).map(({ subject }) => tokenOf.get(subject) ?? '');
  const deliveries = await openStreams(`${api.url}${API_BASE}/events`, watched);
  return {
    async generate({ id, projectId, subject, index }) {
      const startedAt = performance.now();
      const response = await fetch(`${api.url}${API_BASE}/projects/${projectId}/generations`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${tokenOf.get(subject)}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': id,
        },
        body: JSON.stringify(requestOf(index, studio.sizePx)),
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
      const body: unknown = await response.json();
      if (BUSY.has(response.status)) throw new Refused(`The API answered ${response.status}`);
      if (!response.ok) throw new Error(`The API answered ${response.status}: ${JSON.stringify(body)}`);
      const answerMs = performance.now() - startedAt;
      await deliveries.of(accepted.parse(body).id);
      return { answerMs };
    },
    async close() {
      await deliveries.close();
      await api.stop();
    },
  };
}

/** Each user has a stream at least: it reports their avatars. */
function streamUsers(users: readonly BenchUser[], streams: number): BenchUser[] {
  const more = Array.from(
    { length: Math.max(0, streams - users.length) },
    (_unused, index) => users[index % users.length],
  );
  return [...users, ...more.filter((user) => user !== undefined)];
}
