import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { WorkflowNotFoundError, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure, type Duration } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { inject } from 'vitest';
import type { AdmissionOutcome } from '#domain/generation/admission.ts';
import type { SourceType } from '#domain/generation/generation.ts';
import { batchWorkflowId, generationWorkflowId } from '#domain/generation/workflow-id.ts';
import { workflowBundle } from '#temporal/worker/workflow-bundle.ts';
import { openTemporalEnvironment, type TemporalEnvironment } from '../temporal-environment.ts';
import { mockedActivities, scenarios, type Mocks, type Scenario } from './activities.ts';
import { closedAs, type History } from './history.ts';
import { createMockedLedger } from './ledger.ts';

/** Never reached: each mock returns at once or hangs. */
const SLOTS = { generate: 100, publish: 100 };
/** On a busy machine, an admission takes longer than a user waits. */
const ADMISSION_WAIT_MS = 120_000;

/** A workflow that runs on mocked activities. */
export interface Started {
  readonly scenario: Scenario;
  readonly handle: WorkflowHandle;
  /** What the caller of the admission gets; undefined for workflows without one. */
  readonly outcome: Promise<AdmissionOutcome | undefined>;
}

export interface Ended {
  readonly scenario: Scenario;
  readonly outcome: AdmissionOutcome | undefined;
  /** The workflow's result; if it has none, how it closed: `closed as cancelled`, or `failed: ` and the failure's type. */
  readonly result: unknown;
  readonly history: History;
}

interface StartOptions {
  /** Of a batch that is started by name. */
  readonly generationIds?: readonly string[];
  readonly startDelay?: Duration;
  /** Of a workflow that is started by name: how long its task may take before a local activity keeps it alive. */
  readonly taskTimeout?: Duration;
  readonly sourceType?: SourceType;
  readonly around?: Scenario['around'];
}

export interface MockedWorkflows {
  readonly temporal: TemporalEnvironment;
  generateAvatar(mocks: Mocks, options?: StartOptions): Started;
  generateBatch(size: number, mocks: Mocks, options?: StartOptions): Started;
  /** Starts a workflow by the function's name. */
  start(type: string, args: unknown[], mocks: Mocks, options?: StartOptions): Started;
  /** Waits until the workflow has closed, and stores its history for {@link replayAll}. */
  ended(started: Started): Promise<Ended>;
  /** Replays every history so far; with an edit, until the first one that fails. @returns the histories that failed, and all */
  replayAll(edit?: Edit): Promise<{ failed: string[]; all: string[] }>;
}

/** A change of the workflows' bundled code. */
export type Edit = readonly [pattern: RegExp, replacement: string];

/** By their edits. They serve every test file, because opening them takes as long as ten workflows, and end with the process. */
const environments = new Map<readonly Edit[], Promise<TemporalEnvironment>>();
const NO_EDITS: readonly Edit[] = [];

async function openEnvironment(edits: readonly Edit[]): Promise<TemporalEnvironment> {
  const temporal = await openTemporalEnvironment({ ...inject('mockedTemporal'), admissionWaitMs: ADMISSION_WAIT_MS });
  await temporal.startWorkers(mockedActivities(), SLOTS, await bundle(edits));
  return temporal;
}

/** Opens real workers whose activities are mocks. `edits` change the workflows that they run. */
export async function openMockedWorkflows(edits = NO_EDITS): Promise<MockedWorkflows> {
  const opened = environments.get(edits) ?? openEnvironment(edits);
  environments.set(edits, opened);
  const temporal = await opened;
  const histories = new Map<string, History>();

  function begin(workflowId: string, generationIds: readonly string[], mocks: Mocks, options?: StartOptions): Scenario {
    const around = options?.around ?? ((_, effect) => effect());
    const scenario: Scenario = {
      mocks,
      ledger: createMockedLedger(),
      generationIds,
      calls: [],
      queued: new Set(),
      closed: new AbortController(),
      around,
    };
    scenarios.set(workflowId, scenario);
    for (const id of generationIds) scenarios.set(generationWorkflowId(id), scenario);
    return scenario;
  }

  const accountId = randomUUID();
  const start = {
    createdAt: new Date(),
    admissionNumber: 0,
    accountId,
    projectId: randomUUID(),
    tier: 'free',
  } as const;

  return {
    temporal,
    generateAvatar(mocks, options) {
      const generationId = randomUUID();
      const workflowId = generationWorkflowId(generationId);
      const scenario = begin(workflowId, [generationId], mocks, options);
      const sourceType = options?.sourceType ?? 'text_to_image';
      const handle = temporal.client.workflow.getHandle(workflowId);
      const admit = () => temporal.generations.admit({ ...start, generationId, sourceType, priority: 4 });
      return { scenario, handle, outcome: outcomeOf(admit, handle) };
    },
    generateBatch(size, mocks, options) {
      const batchId = randomUUID();
      const workflowId = batchWorkflowId(batchId);
      const generationIds = Array.from({ length: size }, () => randomUUID());
      const scenario = begin(workflowId, generationIds, mocks, options);
      const handle = temporal.client.workflow.getHandle(workflowId);
      const admit = () => temporal.generations.batches.admit({ ...start, batchId, priority: 5 });
      return { scenario, handle, outcome: outcomeOf(admit, handle) };
    },
    start(type, args, mocks, options) {
      const workflowId = `${type}-${randomUUID()}`;
      const scenario = begin(workflowId, options?.generationIds ?? [], mocks, options);
      const { workflow } = temporal.client;
      const startDelay = options?.startDelay ?? 0;
      const taskQueue = temporal.queues.workflows;
      const workflowTaskTimeout = options?.taskTimeout;
      const started = workflow.start(type, { workflowId, args, taskQueue, startDelay, workflowTaskTimeout });
      return { scenario, handle: workflow.getHandle(workflowId), outcome: started.then(() => undefined) };
    },
    async ended({ scenario, handle, outcome }) {
      const answer = await outcome;
      const result: unknown = await handle.result().catch((error: Error) => error.cause);
      const history = await handle.fetchHistory();
      histories.set(handle.workflowId, history);
      scenario.closed.abort();
      return {
        scenario,
        outcome: answer,
        result: closedAs(history) === 'completed' ? result : endOf(history, result),
        history,
      };
    },
    async replayAll(edit) {
      const all = [...histories].map(([workflowId, history]) => ({ workflowId, history }));
      const failed: string[] = [];
      const results = Worker.runReplayHistories({ workflowBundle: await bundle(edit ? [...edits, edit] : edits) }, all);
      for await (const { workflowId, error } of results) {
        if (!error) continue;
        failed.push(workflowId);
        if (edit) break;
      }
      return { failed, all: all.map(({ workflowId }) => workflowId) };
    },
  };
}

/** Undefined if the workflow closed without an outcome. A busy server may refuse to start it: then it is started again. */
async function outcomeOf(
  admit: () => Promise<AdmissionOutcome | undefined>,
  handle: WorkflowHandle,
): Promise<AdmissionOutcome | undefined> {
  for (;;) {
    const outcome = await admit();
    if (outcome !== undefined || (await hasStarted(handle))) return outcome;
  }
}

function hasStarted(handle: WorkflowHandle): Promise<boolean> {
  return handle.describe().then(
    () => true,
    (error: unknown) => !(error instanceof WorkflowNotFoundError),
  );
}

function endOf(history: History, cause: unknown): string {
  const closed = closedAs(history);
  if (closed !== 'failed') return `closed as ${closed}`;
  return `failed: ${cause instanceof ApplicationFailure ? cause.type : (cause as Error).name}`;
}

/** @throws Error when an edit does not match exactly once */
async function bundle(edits: readonly Edit[]) {
  const cached = await workflowBundle();
  if (edits.length === 0) return cached;
  let code = await readFile(cached.codePath, 'utf8');
  for (const [pattern, replacement] of edits) {
    const matches = code.match(new RegExp(pattern, `${pattern.flags}g`))?.length ?? 0;
    if (matches !== 1) throw new Error(`${pattern.source} occurs ${matches} times in the bundle`);
    code = code.replace(pattern, replacement);
  }
  return { code, sourceMap: '' };
}
