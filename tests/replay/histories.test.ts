import { readFileSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { HistoryAndWorkflowId } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflowBundle } from '#temporal/worker/workflow-bundle.ts';
import { decodeHistory, encodeHistory } from '../support/history-bytes.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { type TestUser } from '../support/insert-request.ts';
import { MODERATOR, SECRET_PROMPT, SHAPES } from './shapes.ts';

const HISTORIES = fileURLToPath(new URL('histories/', import.meta.url));
/** Set it to record this run's histories as those of a new version, e.g. `RECORD_HISTORIES=v2`. */
const recordAs = process.env.RECORD_HISTORIES;

let studio: Studio;
let user: TestUser;
/** Of this run, replayed by one worker: creating it takes longer than a replay. */
const recorded: HistoryAndWorkflowId[] = [];

beforeAll(async () => {
  studio = await openStudio({ heartbeatTimeoutMs: 3_000, moderator: MODERATOR });
  await studio.startWorkers();
  user = await studio.user({ credits: 1_000 });
});
afterAll(() => studio.close());

describe.each(Object.entries(SHAPES))('the history of a workflow that is %s', (shape, run) => {
  it('contains no prompt, name or subject', async () => {
    const workflowId = await run(studio, user);
    const history = await studio.temporal.client.workflow.getHandle(workflowId).fetchHistory();
    const bytes = encodeHistory(history);
    const text = bytes.toString('latin1');
    expect(text).toContain(workflowId.replace(/^(generation|batch|erase|empty-trash)-/u, '')); // proves that the search covers payloads
    expect(text).not.toContain(SECRET_PROMPT);
    expect(text).not.toContain('Test avatar');
    expect(text).not.toContain('test|');
    recorded.push({ workflowId: shape, history });
    if (recordAs) await writeFile(`${HISTORIES}${recordAs}-${shape}.pb`, bytes);
  });
});

it('the history of every shape replays', async () => {
  const workflows = { workflowBundle: await workflowBundle() };
  const failed: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories(workflows, recorded)) {
    if (error !== undefined) failed.push(`${workflowId}: ${error.message}`);
  }
  expect(recorded).toHaveLength(Object.keys(SHAPES).length);
  expect(failed).toEqual([]);
});

// Whoever switches tracing on or off has workflows of both kinds.
describe.each([
  ['', false],
  [' by a worker that traces', true],
])('recorded histories%s', async (_, traced) => {
  const names = (await readdir(HISTORIES)).filter((name) => name.endsWith('.pb'));

  it('cover every shape', () => {
    for (const shape of Object.keys(SHAPES)) expect(names.some((name) => name.endsWith(`-${shape}.pb`))).toBe(true);
  });

  const replayed = new Map<string, Error | undefined>();
  beforeAll(async () => {
    const histories = names.map((name) => ({
      workflowId: name,
      history: decodeHistory(readFileSync(`${HISTORIES}${name}`)),
    }));
    const results = Worker.runReplayHistories(
      { workflowBundle: await workflowBundle(undefined, { traced }) },
      histories,
    );
    for await (const { workflowId, error } of results) replayed.set(workflowId, error);
  });

  it.each(names)('replay: %s', (name) => {
    expect([...replayed]).toContainEqual([name, undefined]);
  });
});
