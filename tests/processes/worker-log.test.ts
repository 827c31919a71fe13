import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningProgram } from '../support/processes.ts';
import { createLoad, openUsers } from './load.ts';
import { openServiceEnvironment, type ServiceEnvironment } from './service-environment.ts';

const TIMEOUT_MS = 300_000;
/** No worker is that small: it exceeds the limit at its first reading. */
const TOO_SMALL = { MEMORY_LIMIT_MB: '64' };

let service: ServiceEnvironment;

beforeAll(async () => {
  service = await openServiceEnvironment();
});
afterAll(() => service.close());

/** @throws SyntaxError for a row that is not JSON */
const entriesOf = ({ output }: RunningProgram) =>
  output()
    .split('\n')
    .map((row) => JSON.parse(row) as Record<string, unknown>);

describe('the log and the metrics of a worker', () => {
  it(
    'is JSON only, with one entry for each generation that ended; the SDK’s metrics stand next to ours',
    { timeout: TIMEOUT_MS },
    async () => {
      const version = { AVATAR_STUDIO_VERSION: '1.2.3-test', LOG_LEVEL: 'debug' };
      const api = service.run(['api/server.ts'], version);
      const worker = service.run(['temporal/worker/worker.ts'], version);
      const address = /"address":"([^"]+)"/u.exec(await api.waitForOutput(/"address":"([^"]+)"/u))![1]!;
      await worker.waitForOutput(/worker ready/u);
      const load = createLoad(address, await openUsers(address, service.signingKey, 1));
      let requests = 0;
      const [answer] = await load.inTurn(1, () => (requests += 1) > 1);
      load.close();
      const generationId = answer?.generationId;
      await worker.waitForOutput(/"msg":"generation ended"/u);
      const { metricsAddress } = JSON.parse(await worker.waitForOutput(/worker ready/u)) as { metricsAddress: string };
      const metrics = await (await fetch(`${metricsAddress}/metrics`)).text();
      expect(metrics).toMatch(/^avatar_generations_total\{outcome="completed",code=""\} 1$/mu);
      expect(metrics).toMatch(/^temporal_activity_schedule_to_start_latency_seconds_count\{.*\} [1-9]/mu);
      expect(metrics).toMatch(/^temporal_workflow_task_schedule_to_start_latency_seconds_bucket\{/mu);
      expect(metrics).toMatch(/^temporal_worker_task_slots_available\{/mu);
      worker.child.kill('SIGTERM');
      await worker.ended;

      const entries = entriesOf(worker);
      expect(entries.filter(({ msg }) => msg === 'generation ended')).toMatchObject([
        { generationId, workflowId: `generation-${generationId}`, outcome: 'completed' },
      ]);
      const from = { service: 'worker', version: '1.2.3-test', instance: expect.stringMatching(/^.+:\d+$/) };
      for (const entry of entries) expect(entry).toMatchObject(from);
      expect(entries.filter(({ msg }) => /No workflows registered/.test(String(msg)))).toEqual([]);
      api.child.kill('SIGTERM');
      await api.ended;
      expect(entriesOf(api).filter((entry) => entry['generationId'] === generationId)).toEqual([
        expect.objectContaining({ msg: 'request', status: 202, workflowId: `generation-${generationId}` }),
      ]);
    },
  );
});

describe('a worker that uses more memory than its limit', () => {
  it('drains and exits, and says so', { timeout: TIMEOUT_MS }, async () => {
    const worker = service.run(['temporal/worker/worker.ts'], TOO_SMALL);
    await worker.waitForOutput(/worker ready/u);
    expect(await worker.ended).toEqual({ code: 1, signal: null });
    expect(worker.output()).toMatch(/uses \d+ MiB, more than MEMORY_LIMIT_MB \(64\)/u);
    expect(worker.output()).not.toContain('did not shut down within');
  });
});
