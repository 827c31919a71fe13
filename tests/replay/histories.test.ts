import { readFileSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
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

beforeAll(async () => {
  studio = await openStudio({ heartbeatTimeoutMs: 3_000, moderator: MODERATOR });
  await studio.startWorkers();
  user = await studio.user({ credits: 1_000 });
});
afterAll(() => studio.close());

describe.each(Object.entries(SHAPES))('the history of a workflow that is %s', (shape, run) => {
  it('contains no prompt, name or subject, and replays', async () => {
    const workflowId = await run(studio, user);
    const history = await studio.temporal.client.workflow.getHandle(workflowId).fetchHistory();
    const bytes = encodeHistory(history);
    const text = bytes.toString('latin1');
    expect(text).toContain(workflowId.replace(/^(generation|batch|erase|empty-trash)-/u, '')); // proves that the search covers payloads
    expect(text).not.toContain(SECRET_PROMPT);
    expect(text).not.toContain('Test avatar');
    expect(text).not.toContain('test|');
    await expect(replay(history)).resolves.toBeUndefined();
    if (recordAs) await writeFile(`${HISTORIES}${recordAs}-${shape}.pb`, bytes);
  });
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

  // One worker for all: creating it takes longer than a replay.
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

/** @throws DeterminismViolationError if the current workflow code does not produce the history's commands */
async function replay(history: Parameters<typeof Worker.runReplayHistory>[1]): Promise<void> {
  await Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, history);
}
