import { ApplicationFailure, Context } from '@temporalio/activity';
import type { Admission, AdmitResult, SavedImage, StagedImage } from '#activities/activity-types.ts';
import type {
  Activities,
  GenerateActivities,
  LocalActivities,
  PublishActivities,
  WebhookActivities,
} from '#activities/create-activities.ts';
import { isFinal } from '#domain/generation/generation.ts';
import type { MockedLedger } from './ledger.ts';

type AllActivities = LocalActivities & GenerateActivities & PublishActivities & WebhookActivities;
type ActivityName = keyof AllActivities;

/** What activities do instead of their default, which is to succeed. */
export type Mocks = {
  readonly [Name in ActivityName]?: (
    input: Parameters<AllActivities[Name]>[0],
    scenario: Scenario,
  ) => ReturnType<AllActivities[Name]>;
};

/** One run of a workflow and its children on mocked activities. */
export interface Scenario {
  readonly mocks: Mocks;
  readonly ledger: MockedLedger;
  /** The generations of a batch; otherwise one, or none. */
  readonly generationIds: readonly string[];
  /** Every call of an activity, as it started; see {@link callName}. */
  readonly calls: string[];
  /** Those of them that came over a task queue. */
  readonly queued: Set<string>;
  /** Aborted when the workflow has closed: nothing that hangs may delay the end of the tests. */
  readonly closed: AbortController;
  /** Runs around each call. */
  around: (call: string, effect: () => Promise<unknown>) => Promise<unknown>;
}

export const staged: StagedImage = { objectName: 'staging/a', attemptId: 'a' };
export const saved = { staged, avatarId: 'avatar' } as SavedImage;
export const plan = [
  { provider: 'replicate', model: 'black-forest-labs/flux-schnell' },
  { provider: 'illustrator', model: 'illustrator-1' },
] as const;
const admission: Admission = {
  plan: [...plan],
  staged: null,
  deadlineMs: 60_000,
  heartbeatTimeoutMs: 30_000,
};

/** Holds the credits in the scenario's ledger and answers with this admission. */
export function admitWith(changed: Partial<Admission>): NonNullable<Mocks['admit']> {
  return async ({ generationId }, { ledger }): Promise<AdmitResult> => {
    const outcome = ledger.reserve(generationId);
    return { outcome, admission: outcome.kind === 'admitted' ? { ...admission, ...changed } : null };
  };
}

export function failWith(type: string): () => Promise<never> {
  return () => Promise.reject(ApplicationFailure.nonRetryable('mocked', type));
}

/** Fails as a local activity, as during a short outage of the bucket; succeeds on the publish queue. */
export async function failLocally<Result>(result: Result): Promise<Result> {
  if (Context.current().info.isLocal) throw new Error('bucket unavailable');
  return result;
}

/** Like a provider that never answers, or a worker that was lost. */
export async function hang(_: unknown, { closed }: Scenario): Promise<never> {
  const end = new Promise<never>((_resolve, reject) => {
    closed.signal.addEventListener('abort', () => reject(new Error('the test is over')));
  });
  return Promise.race([end, Context.current().cancelled]);
}

const DEFAULTS: Required<Mocks> = {
  admit: admitWith({}),
  async admitBatch(_, { ledger, generationIds }) {
    for (const id of generationIds) ledger.reserve(id);
    const members = generationIds
      .filter((id) => !isFinal(ledger.generation(id).status))
      .map((generationId) => ({
        generationId,
        sourceType: 'text_to_image' as const,
        tier: 'free' as const,
        priority: 5 as const,
      }));
    return { outcome: { kind: 'admitted' }, members };
  },
  generateImage: async () => staged,
  saveImage: async () => saved,
  recordAvatar: async ({ generationId }, { ledger }) => ({ kind: ledger.record(generationId) }),
  release: async (input, { ledger }) => ({ status: ledger.release(input) }),
  async abandon({ generationId }, { ledger }) {
    const row = ledger.generation(generationId);
    row.discarded ||= isFinal(row.status);
  },
  setPriority: async () => undefined,
  reconcile: async () => ({ settled: 0 }),
  auditLedger: async () => 0,
  checkProviders: async () => ({ replicate: 'ok' }),
  compareInventoryPage: async () => ({ objects: 0, unknown: [], next: null }),
  endInventory: async () => true,
  removeUnknownObjects: async ({ names }) => names.length,
  expireRecords: async () => 0,
  purgeTrash: async () => ({ accountIds: [], count: 0 }),
  removeOrphanedObjects: async () => ({ removed: 0 }),
  removeAllObjects: async () => ({ removed: 0 }),
  stopGenerations: async () => undefined,
  endGenerations: async () => ({ generationIds: [] }),
  eraseRows: async () => ({ removed: 0 }),
  finishErasure: async () => true,
  tryDelivery: async () => 'delivered',
  deadLetterOldDelivery: async () => 'dead',
};

/** The running scenarios, by workflow id. */
export const scenarios = new Map<string, Scenario>();

/** All activities as mocks. Each call goes to the scenario of the workflow that made it. */
export function mockedActivities(): Activities {
  const mocked = Object.fromEntries(
    (Object.keys(DEFAULTS) as ActivityName[]).map((name) => [name, (input: unknown) => call(name, input)]),
  ) as unknown as AllActivities;
  const of = <Name extends ActivityName>(...names: Name[]) =>
    Object.fromEntries(names.map((name) => [name, mocked[name]])) as Pick<AllActivities, Name>;
  return {
    local: of('admit', 'admitBatch', 'recordAvatar', 'release', 'setPriority', 'saveImage', 'abandon'),
    generate: of('generateImage'),
    publish: {
      ...of(
        'saveImage',
        'abandon',
        'reconcile',
        'auditLedger',
        'checkProviders',
        'purgeTrash',
        'removeOrphanedObjects',
      ),
      ...of('removeAllObjects', 'stopGenerations', 'endGenerations', 'eraseRows', 'finishErasure'),
      ...of('compareInventoryPage', 'endInventory', 'removeUnknownObjects', 'expireRecords'),
    },
    webhooks: of('tryDelivery', 'deadLetterOldDelivery'),
  };
}

function call(name: ActivityName, input: unknown): Promise<unknown> {
  const { workflowExecution } = Context.current().info;
  const scenario = scenarios.get(workflowExecution?.workflowId ?? '');
  if (!scenario) throw ApplicationFailure.nonRetryable('a call of no scenario', 'internal');
  const mock = (scenario.mocks[name] ?? DEFAULTS[name]) as (input: unknown, scenario: Scenario) => Promise<unknown>;
  const title = callName(name, input as Record<string, unknown> | undefined, scenario);
  scenario.calls.push(title);
  if (!Context.current().info.isLocal) scenario.queued.add(title);
  return scenario.around(title, () => mock(input, scenario));
}

/** For example `saveImage`, `generateImage with flux-dev`, `abandon, queued`, `admit of member 2`; a repetition ends in `#2`. */
function callName(name: ActivityName, input: Record<string, unknown> | undefined, scenario: Scenario): string {
  const { calls, generationIds } = scenario;
  const { isLocal } = Context.current().info;
  let title: string = name;
  if (typeof input?.model === 'string') title += ` with ${input.model.replace(/^.*\//u, '')}`;
  if (!isLocal && (name === 'saveImage' || name === 'abandon')) title += ', queued';
  if (generationIds.length > 1 && input?.generationId !== undefined)
    title += ` of member ${generationIds.indexOf(input.generationId as string) + 1}`;
  const before = calls.filter((made) => made === title || made.startsWith(`${title} #`)).length;
  return before === 0 ? title : `${title} #${before + 1}`;
}
