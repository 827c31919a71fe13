import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemoTokens, type DemoTokens } from '#api/auth/demo-tokens.ts';
import { SCOPES } from '#contract/profile.ts';
import type { Route } from '#contract/route.ts';
import { ROUTES } from '#contract/routes.ts';
import { createApiClient } from '../api/api-client.ts';
import { image } from '../contract/matrix/image.ts';
import { send } from '../contract/matrix/send-request.ts';
import { openServiceEnvironment, type ServiceEnvironment } from '../processes/service-environment.ts';
import { asOwner } from '../support/as-owner.ts';
import { CANARY, findCanaries } from '../support/canaries.ts';
import { checkCollectedLogs } from '../support/collected-logs.ts';
import { rowsOf } from '../support/long-run.ts';
import type { RunningProgram } from '../support/processes.ts';
import { canaryRequests } from './canary-requests.ts';

/** No server listens there, so every call of a provider fails, with all that an error may tell about it. */
const NOWHERE = 'http://127.0.0.1:1';
const SECRETS_KEY = Buffer.alloc(32, CANARY).toString('base64');
const CALLBACK_SECRET = `whsec_${Buffer.from(CANARY.repeat(3)).toString('base64')}`;
/** Refuse rows after it has been seen that the server writes them into its message. */
const REFUSALS = { avatar_projects: 'no_more_projects', avatars: 'no_more_avatars' } as const;

let service: ServiceEnvironment;
let api: RunningProgram;
let worker: RunningProgram;
let address: string;
let tokens: DemoTokens;

beforeAll(async () => {
  service = await openServiceEnvironment();
  const keyFile = join(service.folder, 'secrets.key');
  await writeFile(keyFile, SECRETS_KEY);
  const variables = {
    LOG_LEVEL: 'debug',
    SECRETS_KEY_FILE: keyFile,
    UPLOAD_LIMIT_PER_MINUTE: '1000000',
    PROVIDERS: 'replicate,illustrator',
    REPLICATE_API_TOKEN: `r8_${CANARY}`,
    REPLICATE_WEBHOOK_SECRET: CALLBACK_SECRET,
  };
  api = service.run(['api/server.ts'], variables);
  const { PROVIDERS: _, REPLICATE_WEBHOOK_SECRET: __, UPLOAD_LIMIT_PER_MINUTE: ___, ...workers } = variables;
  worker = service.run(['temporal/worker/worker.ts'], { ...workers, REPLICATE_BASE_URL: NOWHERE });
  const [entry] = await Promise.all([api.waitForOutput(/"internalAddress":/u), worker.waitForOutput(/worker ready/u)]);
  // It serves every route.
  address = (JSON.parse(entry) as { internalAddress: string }).internalAddress;
  tokens = createDemoTokens(service.signingKey);
});
afterAll(() => service.close());

/** What these processes know and nobody else may. */
function secrets(): string[] {
  const password = decodeURIComponent(new URL(service.env['DATABASE_URL'] ?? '').password);
  return [password, SECRETS_KEY, CALLBACK_SECRET, ...service.signingKey.split('\n').filter((row) => row.length > 40)];
}

const logged = () => `${api.output()}\n${worker.output()}`;
/** Of a user whose every claim is a canary. */
const tokenOf = (role: 'user' | 'admin' = 'user') =>
  tokens.forUser({ sub: `test|${CANARY}-${role}`, tier: 'pro', role, name: `${CANARY} the Great` });
/** Who is refused whatever is sent. */
const strangers = async () => [
  {},
  { Authorization: `Bearer ${CANARY}` },
  { Authorization: `${CANARY} ${CANARY}` },
  { Authorization: `Bearer ${await tokenOf()}`, 'X-On-Behalf-Of': CANARY },
];
const callers = async () => ({
  user: { Authorization: `Bearer ${await tokenOf()}` },
  admin: { Authorization: `Bearer ${await tokenOf('admin')}` },
  service: {
    Authorization: `Bearer ${await tokens.forService({ sub: CANARY, scopes: [...SCOPES] })}`,
    'X-On-Behalf-Of': `test|${CANARY}-user`,
  },
});
/** Of every header that we read but the request's own id, which its sender chooses for the logs. */
const HEADERS = {
  'Idempotency-Key': CANARY,
  'X-Device-Id': CANARY,
  'X-Forwarded-For': CANARY,
  'If-None-Match': CANARY,
  'User-Agent': CANARY,
  Cookie: CANARY,
  Referer: CANARY,
  Origin: `https://${CANARY}.test`,
  'Last-Event-ID': CANARY,
  'webhook-id': CANARY,
  'webhook-signature': CANARY,
  'webhook-timestamp': CANARY,
  [`X-${CANARY}`]: CANARY,
};

describe('the logs of API and worker, at their most detailed level', { timeout: 300_000 }, () => {
  it('contain nothing of a row that the database refuses and quotes', async () => {
    const token = await tokenOf();
    const client = createApiClient(address);
    const { body: project } = await client.ok('createProject', { token, body: { name: CANARY } });
    await asOwner(service.databaseOwnerUrl, async (owner) => {
      for (const [table, name] of Object.entries(REFUSALS)) {
        await owner.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} CHECK (false) NOT VALID`);
      }
    });
    expect((await client.problem('createProject', { token, body: { name: CANARY } })).status).toBe(500);
    const body = {
      sourceType: 'text_to_image',
      prompt: `a portrait of ${CANARY}`,
      name: CANARY,
      persona: { name: CANARY, background: `Born in ${CANARY}.` },
      options: { size: 512 },
    } as const;
    await client.ok('createGeneration', { token, id: project.id, body });
    await api.waitForOutput(new RegExp(REFUSALS.avatar_projects));
    await worker.waitForOutput(new RegExp(REFUSALS.avatars));
    expect(worker.output()).toContain('the provider failed');
    await asOwner(service.databaseOwnerUrl, async (owner) => {
      for (const [table, name] of Object.entries(REFUSALS))
        await owner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
    });
    expect(findCanaries(logged(), secrets())).toEqual([]);
  });

  it('contain nothing of what any field, header or file name of any route contains', async () => {
    let answered = 0;
    for (const route of Object.values<Route>(ROUTES)) {
      // What erases the account would end this test's access.
      if (route === ROUTES.eraseProfile) continue;
      const requests = canaryRequests(route, randomUUID(), await image());
      // Who may do something sends everything, all others one request.
      const accepted = Object.entries(await callers());
      const everything = rowsOf('matrices', accepted, ([name]) => name === (route.only ?? 'user'));
      const refused = accepted.filter((caller) => !everything.includes(caller));
      const sent = [
        ...[...(await strangers()), ...refused.map(([, caller]) => caller)].map((caller) => ({
          caller,
          one: requests[0]!,
        })),
        ...everything.flatMap(([, caller]) => requests.map((one) => ({ caller, one }))),
      ];
      await Promise.all(
        sent.map(async ({ caller, one }) => {
          const response = await send(address, route, { ...HEADERS, ...caller } as never, one);
          await response.body?.cancel().catch(() => undefined);
          answered += 1;
        }),
      );
    }
    expect(answered).toBeGreaterThan(1_000);
    const broken = { method: 'POST', headers: { ...HEADERS, 'Content-Type': 'application/json' }, body: `{"${CANARY}` };
    await fetch(`${address}/api/v1/projects`, {
      ...broken,
      headers: { ...broken.headers, Authorization: `Bearer ${await tokenOf()}` },
    });
    await fetch(`${address}/${CANARY}?${CANARY}=${CANARY}`, { headers: HEADERS });
    expect(api.output().match(/"msg":"request"/g)?.length).toBeGreaterThan(answered * 0.9);
    expect(findCanaries(logged(), secrets())).toEqual([]);
  });

  it('contain no warning about what is meant so', () => {
    const warnings = logged()
      .split('\n')
      .flatMap((row) => (row.startsWith('{') ? [JSON.parse(row) as { level: number; msg: string }] : []))
      .filter(({ level }) => level === 40);
    expect(warnings.map(({ msg }) => msg).filter((msg) => /not polling/.test(msg))).toEqual([]);
  });
});

describe('the check of all logs after a run', () => {
  it('fails when one of them contains a canary, a token, a key or a password, and names it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'avatar-canaries-'));
    const token = await tokenOf();
    const leaks = [
      `prompt: ${CANARY}`,
      `Bearer ${token}`,
      `avs_${'a'.repeat(38)}`,
      'pass word',
      `x&X-Goog-Signature=${'0a'.repeat(9)}`,
    ];
    for (const [index, leak] of leaks.entries()) {
      await writeFile(join(folder, `${index}.log`), `{"msg":"request","durationMs":3}\n{"msg":"${leak}"}\n`);
    }
    const failure = await checkCollectedLogs(folder, ['pass word']).catch((error: unknown) => String(error));
    for (const index of leaks.keys()) expect(failure).toContain(`${index}.log contains`);
    await rm(folder, { recursive: true });
  });
});
