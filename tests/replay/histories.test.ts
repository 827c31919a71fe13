import { readFileSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflowBundle } from '#temporal/worker/workflow-bundle.ts';
import { decodeHistory, encodeHistory } from '../support/history-bytes.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { type TestUser } from '../support/insert-request.ts';
import { SECRET_PROMPT, SHAPES } from './shapes.ts';

const HISTORIES = fileURLToPath(new URL('histories/', import.meta.url));
/** Set to write this run's histories down as the ones of a newly shipped version, e.g. `RECORD_HISTORIES=v2`. */
const recordAs = process.env.RECORD_HISTORIES;

let studio: Studio;
let user: TestUser;

beforeAll(async () => {
  studio = await openStudio({ heartbeatTimeoutMs: 3_000 });
  await studio.startWorkers();
  user = await studio.user({ credits: 1_000 });
});
afterAll(() => studio.close());

describe.each(Object.entries(SHAPES))('%s', (shape, run) => {
  it('writes no prompt, name or subject into its history, and replays', async () => {
    const workflowId = await run(studio, user);
    const history = await studio.temporal.client.workflow.getHandle(workflowId).fetchHistory();
    const bytes = encodeHistory(history);
    const text = bytes.toString('latin1');
    expect(text).toContain(workflowId.replace(/^(generation|batch|erase)-/u, '')); // the search does look into payloads
    expect(text).not.toContain(SECRET_PROMPT);
    expect(text).not.toContain('Test avatar');
    expect(text).not.toContain('test|');
    await expect(replay(history)).resolves.toBeUndefined();
    if (recordAs) await writeFile(`${HISTORIES}${recordAs}-${shape}.pb`, bytes);
  });
});

describe('histories of shipped versions', async () => {
  const names = (await readdir(HISTORIES)).filter((name) => name.endsWith('.pb'));

  it('has one of every shape', () => {
    for (const shape of Object.keys(SHAPES)) expect(names.some((name) => name.endsWith(`-${shape}.pb`))).toBe(true);
  });

  it.each(names)('%s replays', async (name) => {
    await expect(replay(decodeHistory(readFileSync(`${HISTORIES}${name}`)))).resolves.toBeUndefined();
  });
});

/** @throws DeterminismViolationError when today's workflow would not have done what the history says */
async function replay(history: Parameters<typeof Worker.runReplayHistory>[1]): Promise<void> {
  await Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, history);
}
