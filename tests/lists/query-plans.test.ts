import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGcsImageStore } from '#activities/storage/gcs-image-store.ts';
import type { Route } from '#contract/route.ts';
import { COUNTED_MAX } from '#domain/account/list-length.ts';
import { ROUTES, type RouteName } from '#contract/routes.ts';
import { createDatabase, type Database } from '#drizzle/connection/database.ts';
import { listLive } from '#drizzle/queries/generations/generation-list.ts';
import { readLiveChanges } from '#drizzle/queries/generations/live-changes.ts';
import { createLedgerWorkflows } from '../api/ledger-workflows.ts';
import { serveApi, type ServedApi } from '../api/serve-api.ts';
import { readLongRun, rowsOf } from '../support/long-run.ts';
import { createTestBucket, createTestDatabase, type TestDatabase } from '../support/stack.ts';
import { captureStatements, type Statement } from './capture-statements.ts';
import { bigTables, type Explained, explainGeneric, explainRun } from './explained-plan.ts';
import { requestsOf, isList, readingRoutes, type ListRequest, type Samples } from './list-requests.ts';
import { HEAVY_SUBJECT, LONG_HISTORY_SUBJECT, seedStudio, USUAL_SUBJECT } from './seed.ts';

/** An average account has sixty to a hundred avatars. */
const SIZE =
  readLongRun('lists') === undefined
    ? { accounts: 320, generations: 20_000 }
    : { accounts: 2_000, generations: 200_000 };
/** Writing 200,000 rows of everything takes half a minute, and several minutes on a busy machine. */
const SEED_TIMEOUT_MS = 400_000;
/** Pages that a list may read for its own rows and indexes, … */
const PAGES_BASE = 500;
/** … and for each avatar of the account, because the total counts them all. Far less than all rows need. */
const PAGES_PER_AVATAR = 4;
/** Read some hours of all accounts' rows by design; of the costs, those by project or app. */
const ALL_ACCOUNTS: ReadonlySet<RouteName> = new Set(['readStats', 'readUsageCosts']);

const DAY_MS = 86_400_000;
/** Failed generations of the account of long history. Of half as many, the planner would rather sort all. */
const HISTORY = 4 * COUNTED_MAX;
/** Of a page and its neighbors: names, attempts, balances. */
const ROWS_PER_PAGE = 500;
/** Lists whose filters an index serves. No index serves every filter of the avatars, so only their totals are bounded. */
const INDEXED_LISTS = ['listGenerations', 'listNotifications', 'listTransfers', 'listProjects'] as const;

let urls: TestDatabase;
let owner: Client;
let database: Database;
let studio: ServedApi;
let big: ReadonlySet<string>;
/** Ids of the current account's resources, by the first segment of a path. */
const idsOf = new Map<string, string>();
let samples: Samples;

beforeAll(async () => {
  urls = await createTestDatabase();
  await seedStudio(urls.ownerUrl, { ...SIZE, history: HISTORY });
  owner = new Client({ connectionString: urls.ownerUrl });
  await owner.connect();
  big = await bigTables(owner);
  database = createDatabase({ url: urls.url, applicationName: 'test', poolSize: 6 });
  const { endpoint, bucket, clientEmail, privateKey } = await createTestBucket();
  const store = createGcsImageStore({
    bucket,
    endpoint,
    credentials: { clientEmail: clientEmail ?? '', privateKey: privateKey ?? '' },
  });
  studio = await serveApi({ database, listenUrl: urls.url, workflows: createLedgerWorkflows(database), store });
}, SEED_TIMEOUT_MS);
afterAll(async () => {
  await studio?.stop();
  await database?.close();
  await owner?.end();
  await urls?.drop();
});

describe.each([
  ['an average account', USUAL_SUBJECT],
  ['an account with a fortieth of all rows', HEAVY_SUBJECT],
])(`a GET route among ${SIZE.generations} generations, for %s`, (_account, subject) => {
  let tokens: Record<'user' | 'admin' | 'service', string>;
  let owned: number;

  beforeAll(async () => {
    const forUser = (role: 'user' | 'admin') => studio.tokens.forUser({ sub: subject, tier: 'free', role });
    const service = await studio.tokens.forService({ sub: 'chat', scopes: ['avatars:read'] });
    tokens = { user: await forUser('user'), admin: await forUser('admin'), service };
    owned = await readResources(subject);
  });

  // What an account owns changes the plans of lists only.
  const routes = rowsOf('lists', readingRoutes(), (name) => subject === USUAL_SUBJECT || isList(name));
  it.each(routes)('%s scans no big table with any filter or sort order', async (name) => {
    const route: Route = ROUTES[name];
    const only = route.only ?? 'user';
    const captured = new Map<string, { statement: Statement; allAccounts: boolean }>();
    for (const request of requestsOf(name, samples)) {
      const all = request.query['account'] === 'all';
      const token = all ? tokens.admin : tokens[only];
      const headers = only === 'service' ? { 'X-On-Behalf-Of': subject } : {};
      for (const statement of await captureStatements(() => sendThrough(request, { token, headers }))) {
        const key = `${statement.text} ${JSON.stringify(statement.values)}`;
        captured.set(key, { statement, allAccounts: (all || only === 'admin') && ALL_ACCOUNTS.has(name) });
      }
    }
    const reading = [...captured.values()].filter(({ statement }) => isRead(statement));
    // A list without captured statements proves nothing; other routes may answer from a cache.
    expect(reading.length).toBeGreaterThanOrEqual(isList(name) ? 1 : 0);
    const faults: string[] = [];
    for (const { statement, allAccounts } of reading) {
      const { scanned, pages } = await explainRun(owner, big, statement);
      const generic = statement.name === undefined ? [] : (await explainGeneric(owner, big, statement)).scanned;
      const readsTooMuch = pages > PAGES_BASE + PAGES_PER_AVATAR * owned && !allAccounts;
      if (scanned.length > 0 || generic.length > 0 || readsTooMuch) {
        faults.push(
          `${pages} pages, scans ${scanned.join()}, without values ${generic.join()}: ${statement.text} ${JSON.stringify(statement.values)}`,
        );
      }
    }
    expect(faults).toEqual([]);
  });
});

describe(`an account of ${HISTORY} failed generations`, () => {
  let token: string;
  beforeAll(async () => {
    token = await studio.tokens.forUser({ sub: LONG_HISTORY_SUBJECT, tier: 'pro', role: 'user' });
    await readResources(LONG_HISTORY_SUBJECT);
  });
  const explainAll = async (work: () => Promise<void>) => {
    const reading = (await captureStatements(work)).filter(isRead);
    expect(reading.length).toBeGreaterThan(0);
    const explained: (Explained & { text: string })[] = [];
    for (const statement of reading)
      explained.push({ ...(await explainRun(owner, big, statement)), text: statement.text });
    return explained;
  };

  it.each(INDEXED_LISTS)(
    'never has its whole history read for a page of %s or its total, whatever the filter',
    async (name) => {
      const faults: string[] = [];
      for (const request of requestsOf(name, samples)) {
        for (const { rows, text } of await explainAll(() => sendThrough(request, { token, headers: {} }))) {
          const most = /\bcount\(/i.test(text) ? COUNTED_MAX + ROWS_PER_PAGE : ROWS_PER_PAGE;
          if (rows > most) faults.push(`${rows} rows: ${JSON.stringify(request.query)} ${text}`);
        }
      }
      expect(faults).toEqual([]);
    },
  );

  it('has at most as many avatars searched as are counted, for any total', async () => {
    let totals = 0;
    const faults: string[] = [];
    for (const request of requestsOf('listAvatars', samples)) {
      for (const { counted, text } of await explainAll(() => sendThrough(request, { token, headers: {} }))) {
        totals += counted > 0 ? 1 : 0;
        if (counted > COUNTED_MAX + 1) faults.push(`${counted} rows: ${text}`);
      }
    }
    expect(totals).toBeGreaterThan(1);
    expect(faults).toEqual([]);
  });

  it('has a total that says where counting stopped', async () => {
    for (const name of ['listGenerations', 'listTransfers', 'listNotifications', 'listAvatars'] as const) {
      const { body } = await studio.client.ok(name, { token, query: { limit: '1' } });
      expect(body.meta).toMatchObject({ hasMore: true, total: COUNTED_MAX, totalIsExact: false });
    }
    const { body } = await studio.client.ok('listGenerations', { token, query: { status: 'completed' } });
    expect(body).toEqual({ data: [], meta: { nextCursor: null, hasMore: false, total: 0, totalIsExact: true } });
  });

  it('has an event-stream snapshot without any of its history, which reads none of it', async () => {
    const accountId = idsOf.get('accounts') ?? '';
    const since = new Date(Date.now() - DAY_MS);
    const live: unknown[] = [];
    const plans = await explainAll(
      async () => void live.push(...(await listLive(database, accountId, { since, limit: 600 }))),
    );
    expect([live, plans.map(({ rows }) => rows)]).toEqual([[], [0]]);
  });

  it('has what changed read for an event stream through indexes, whether planned with or without values', async () => {
    const accountId = idsOf.get('accounts') ?? '';
    const { rows: notifications } = await owner.query<{ id: string }>(
      'SELECT id FROM notifications WHERE account_id = $1 LIMIT 1',
      [accountId],
    );
    const notificationIds = notifications.map(({ id }) => id);
    const wanted = { credits: true, generationIds: [idsOf.get('generations') ?? ''], notificationIds };
    const statements = await captureStatements(async () => {
      const read = await readLiveChanges(database, accountId, wanted);
      expect([read.generations.length, read.notifications.length]).toEqual([1, 1]);
    });
    for (const statement of statements) {
      const { scanned, rows } = await explainRun(owner, big, statement);
      expect([...scanned, ...(await explainGeneric(owner, big, statement)).scanned]).toEqual([]);
      expect(rows).toBeLessThan(ROWS_PER_PAGE);
    }
    expect(statements).toHaveLength(1);
  });
});

describe('a query without a suitable index', () => {
  const statementOf = (text: string, values: unknown[]): Statement => ({ text, name: 'test', values });

  it('is detected as a scan, whether it is planned with or without its values', async () => {
    const statement = statementOf('SELECT id FROM avatars WHERE width = $1', [3]);
    expect((await explainRun(owner, big, statement)).scanned).toEqual(['avatars']);
    expect((await explainGeneric(owner, big, statement)).scanned).toEqual(['avatars']);
  });

  it('is detected by the pages it reads when it scans a whole index instead', async () => {
    const statement = statementOf(
      'SELECT id FROM avatars WHERE phash IS NOT NULL ORDER BY account_id, created_at OFFSET $1',
      [SIZE.generations * 0.75],
    );
    expect((await explainRun(owner, big, statement)).pages).toBeGreaterThan(PAGES_BASE + PAGES_PER_AVATAR * 100);
  });
});

/** Null is a valid answer: nothing exists. */
type Answered = { meta?: { nextCursor: string | null } } | null;

/** Sends a request, and one for the next page if there is one. */
async function sendThrough(
  request: ListRequest,
  { token, headers }: { token: string; headers: Record<string, string> },
): Promise<void> {
  const { name } = request;
  const route: Route = ROUTES[name];
  // A month of all accounts is the whole table and would rightly be scanned, so only a day is requested.
  const query = { ...(request.query['account'] === 'all' && { from: samples['from']?.[0] ?? '' }), ...request.query };
  const id = idsOf.get(/^\/(?:admin\/)?(\w+)/.exec(route.path)?.[1] ?? '');
  if (route.params && id === undefined)
    throw new Error(`${route.path} needs an id: add its resource to readResources()`);
  const read = async (more: Record<string, string>): Promise<Answered> => {
    const response = await studio.client.raw(name, {
      token,
      headers,
      query: { ...query, ...more },
      ...(id !== undefined && { id }),
    });
    const body = (await response.json()) as Answered;
    if (![200, 404].includes(response.status))
      throw new Error(`${name} ${JSON.stringify(query)}: ${JSON.stringify(body)}`);
    return body;
  };
  const next = (await read({}))?.meta?.nextCursor;
  if (next != null) await read({ cursor: next });
}

/** Reads the ids of an account's resources. @returns how many avatars it has */
async function readResources(subject: string): Promise<number> {
  const { rows } = await owner.query<Record<string, string>>(
    `SELECT a.id AS accounts, (SELECT count(*) FROM avatars v WHERE v.account_id = a.id)::text AS owned,
       (SELECT id FROM avatar_projects p WHERE p.account_id = a.id LIMIT 1) AS projects,
       (SELECT id FROM avatars v WHERE v.account_id = a.id LIMIT 1) AS avatars,
       (SELECT id FROM avatar_generations g WHERE g.account_id = a.id LIMIT 1) AS generations,
       (SELECT id FROM avatar_presets p WHERE p.account_id = a.id LIMIT 1) AS presets,
       (SELECT id FROM batches b WHERE b.account_id = a.id LIMIT 1) AS batches,
       (SELECT id FROM uploads u WHERE u.account_id = a.id LIMIT 1) AS uploads,
       'shr_' || repeat('0', 32) AS shared
     FROM accounts a WHERE a.subject = $1`,
    [subject],
  );
  for (const [kind, id] of Object.entries(rows[0] ?? {})) idsOf.set(kind, id);
  const now = Date.now();
  samples = {
    // Rare, common, two words, too short for a trigram, without a match, and in most prompts.
    q: ['number 4711', 'archmage', 'keeper gardener', 'ar', 'zzzzzz', 'lighthouse'],
    trashed: ['true', 'false'],
    favorite: ['true', 'false'],
    minRating: ['1', '5'],
    unfinished: ['true', 'false'],
    unread: ['true', 'false'],
    projectId: [idsOf.get('projects') ?? ''],
    batchId: [idsOf.get('batches') ?? ''],
    category: ['Mine 1', 'nothing'],
    actorId: [idsOf.get('accounts') ?? ''],
    target: [idsOf.get('accounts') ?? ''],
    from: [new Date(now - DAY_MS).toISOString()],
    to: [new Date(now).toISOString()],
    hours: ['1', '24'],
  };
  return Number(rows[0]?.['owned'] ?? 0);
}

/** Excludes writes, which have their own indexes and tests. */
function isRead({ text }: Statement): boolean {
  return (
    /^[\s(]*(SELECT|WITH)\b/i.test(text) &&
    !/\b(INSERT INTO|UPDATE \w+ SET|DELETE FROM|open_user_account|pg_)/i.test(text)
  );
}
