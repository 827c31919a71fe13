import { randomUUID } from 'node:crypto';
import { newKey } from '#api/api-keys/key-secret.ts';
import {
  type Attack,
  AVATARS,
  BASE,
  KIBIBYTE,
  JSON_TYPE,
  bearer,
  flood,
  postJson,
  type Target,
} from './attack-target.ts';
import { longItems, longPersona, tooManyItems } from './long-texts.ts';

/** A token whose signature is wrong: the most that is verified of one. */
function forged({ token }: Target, index: number): string {
  return `${token.slice(0, -8)}${String(index).padStart(8, 'A')}`;
}

/** With JSON, tokens and paths. */
export const REQUEST_ATTACKS: readonly Attack[] = [
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
