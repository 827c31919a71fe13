import { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemoTokens } from '#api/auth/demo-tokens.ts';
import { generationWorkflowId } from '#domain/generation/workflow-id.ts';
import { workflowBundle } from '#temporal/worker/workflow-bundle.ts';
import { newTraceparent } from '#web/http/traceparent.ts';
import { createApiClient } from '../api/api-client.ts';
import { createFakeReplicate, type FakeReplicate } from '../fakes/replicate/fake-replicate.ts';
import { openServiceEnvironment, type ServiceEnvironment } from '../processes/service-environment.ts';
import { CANARY, findCanaries } from '../support/canaries.ts';
import type { RunningProgram } from '../support/processes.ts';
import { connectToTemporal, sharedStack } from '../support/stack.ts';
import { until } from '../support/until.ts';
import { openOtlpReceiver, type OtlpReceiver } from './otlp-receiver.ts';

const TIMEOUT_MS = 300_000;

let service: ServiceEnvironment;
let receiver: OtlpReceiver;
let replicate: FakeReplicate;
let api: RunningProgram;
let worker: RunningProgram;
let address: string;
let generationId: string;

beforeAll(async () => {
  [service, receiver, replicate] = await Promise.all([
    openServiceEnvironment(),
    openOtlpReceiver(),
    createFakeReplicate({ token: `r8_${CANARY}` }),
  ]);
  const variables = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
    PROVIDERS: 'replicate',
    REPLICATE_API_TOKEN: replicate.token,
  };
  const { PROVIDERS: _, ...workers } = variables;
  api = service.run(['api/server.ts'], variables);
  worker = service.run(['temporal/worker/worker.ts'], { ...workers, REPLICATE_BASE_URL: replicate.url });
  address = (JSON.parse(await api.waitForOutput(/"address":/u)) as { address: string }).address;
  await worker.waitForOutput(/worker ready/u);
}, TIMEOUT_MS);
afterAll(async () => {
  await service.close();
  await Promise.all([receiver.close(), replicate.stop()]);
});

describe('traces', () => {
  it('lead by one id from the page’s request to the provider, and contain nothing a user wrote', async () => {
    const client = createApiClient(address);
    const token = await createDemoTokens(service.signingKey).forUser({
      sub: `test|${CANARY}`,
      tier: 'pro',
      name: CANARY,
    });
    const { body: project } = await client.ok('createProject', { token, body: { name: CANARY } });
    const traceparent = newTraceparent();
    const traceId = traceparent.split('-')[1];
    const sent = await fetch(`${address}/api/v1/projects/${project.id}/generations`, {
      method: 'POST',
      headers: {
        traceparent,
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': CANARY,
      },
      body: JSON.stringify({ sourceType: 'text_to_image', prompt: `a portrait of ${CANARY}`, name: CANARY }),
    });
    expect(sent.status).toBe(202);
    const { id } = (await sent.json()) as { id: string };
    await worker.waitForOutput(/"msg":"generation ended"/u);

    const spans = await until(async () => {
      const own = receiver.spans().filter((one) => one.traceId === traceId);
      // None is an orphan: each leads back to the page.
      const known = new Set([traceparent.split('-')[2], ...own.map(({ spanId }) => spanId)]);
      const complete = own.every(({ parentSpanId = '' }) => known.has(parentSpanId));
      return complete && own.some(({ name }) => name === 'RunWorkflow:generateAvatar') ? own : undefined;
    });
    const named = (name: string | RegExp) =>
      spans.find((one) => (typeof name === 'string' ? one.name === name : name.test(one.name)));
    const request = named('POST /projects/:id/generations');
    expect(request).toMatchObject({ service: 'avatar-studio-api', parentSpanId: traceparent.split('-')[2] });
    const start = named(/^UpdateWithStart/u);
    expect(start).toMatchObject({ service: 'avatar-studio-api', parentSpanId: request?.spanId });
    const workflow = named('RunWorkflow:generateAvatar');
    expect(workflow).toMatchObject({ service: 'avatar-studio-worker', parentSpanId: start?.spanId });
    const scheduled = named('StartActivity:generateImage');
    const activity = named('RunActivity:generateImage');
    expect(activity?.parentSpanId).toBe(scheduled?.spanId);
    const purchase = spans.find(
      (one) => one.name.startsWith('POST 127.0.0.1') && one.parentSpanId === activity?.spanId,
    );
    expect(replicate.traceparents()).toContain(`00-${traceId}-${purchase?.spanId}-01`);
    for (const parent of [request, activity]) {
      expect(spans.some((one) => one.name.startsWith('SQL ') && one.parentSpanId === parent?.spanId)).toBe(true);
    }

    const saving = named('RunActivity:saveImage');
    const writes = spans.filter((one) => one.name === 'GCS write' && one.parentSpanId === saving?.spanId);
    expect(writes).toHaveLength(2);

    expect(findCanaries(receiver.text(), [service.signingKey])).toEqual([]);
    const entries = (program: RunningProgram, message: string) =>
      program
        .output()
        .split('\n')
        .map((row) => JSON.parse(row) as Record<string, unknown>)
        .filter((entry) => entry['msg'] === message && entry['generationId'] === id);
    expect(entries(api, 'request')).toMatchObject([{ traceId }]);
    expect(entries(worker, 'generation ended')).toMatchObject([{ traceId }]);
    generationId = id;

    const { body: ended } = await client.ok('readGeneration', { token, id });
    const reading = newTraceparent();
    const download = { token, id: ended.avatar!.id, headers: { traceparent: reading } };
    expect((await client.raw('downloadImage', download)).status).toBe(200);
    const [read, route] = await until(() => {
      const own = receiver.spans().filter((one) => one.traceId === reading.split('-')[1]);
      const found = ['GCS read', 'GET /avatars/:id/image'].map((name) => own.find((one) => one.name === name));
      return found.every((one) => one !== undefined) ? found : undefined;
    });
    expect(read?.parentSpanId).toBe(route?.spanId);
  });

  it.each([
    ['a worker that traces', true],
    ['one that does not', false],
  ])('leave a history that %s replays', async (_, traced) => {
    const connection = await connectToTemporal();
    const client = new Client({ connection, namespace: sharedStack().temporalNamespace });
    const history = await client.workflow.getHandle(generationWorkflowId(generationId)).fetchHistory();
    await connection.close();
    const replay = Worker.runReplayHistory({ workflowBundle: await workflowBundle(undefined, { traced }) }, history);
    await expect(replay).resolves.toBeUndefined();
  });
});
