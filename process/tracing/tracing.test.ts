import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { openOtlpReceiver } from '#tests/tracing/otlp-receiver.ts';
import { until } from '#tests/support/until.ts';
import { createLog } from '../log.ts';
import type { Tracing } from './open-telemetry.ts';
import { traced, traceFields, tracer } from './spans.ts';
import { startTracing } from './start-tracing.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The most spans that wait, and the batch that is being sent. */
const HELD_MAX = 2_048 + 512;
const SECRET = 'a shy knight';

let tracing: Tracing | undefined;
const entries: string[] = [];
const log = createLog('worker', 'info', { destination: { write: (entry) => void entries.push(entry) } });
const start = (endpoint: string | undefined, share = 1) => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint };
  return startTracing({ ...env, OTEL_TRACES_SAMPLER_ARG: share }, { service: 'worker', version: '1.2.3', log });
};

afterEach(async () => {
  await tracing?.close();
  tracing = undefined;
});

async function receiving(answer?: () => Promise<void>) {
  const receiver = await openOtlpReceiver(answer);
  onTestFinished(() => receiver.close());
  return receiver;
}

describe('tracing', () => {
  it('is off without an endpoint: OpenTelemetry is not even loaded', async () => {
    tracing = await start(undefined);
    expect(tracing).toBeUndefined();
    expect(await traced('SQL x', {}, async () => tracer())).toBeUndefined();
    expect(traceFields()).toEqual({});
    const script = `import Module from 'node:module';
      for (const file of ['process/tracing/start-tracing', 'temporal/worker/create-workers', 'temporal/client/trace-client'])
        await import('${ROOT}' + file + '.ts');
      console.log(JSON.stringify(Object.keys(Module._cache).filter((file) => file.includes('opentelemetry/sdk') || file.includes('interceptors-opentelemetry'))));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      cwd: ROOT,
    });
    expect(JSON.parse(stdout)).toEqual([]);
  });

  it('exports names and ids, never the message of an error or an unknown attribute', async () => {
    const receiver = await receiving();
    tracing = await start(receiver.endpoint);
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const request = tracer()!.receive('POST', `00-${traceId}-b7ad6b7169203331-01`);
    await request.within(async () => {
      expect(traceFields()).toEqual({ traceId });
      const failing = traced('SQL insert', { prompt: SECRET, 'db.system.name': 'postgresql' }, async () => {
        log.info('within');
        throw new RangeError(SECRET);
      });
      await expect(failing).rejects.toThrow(SECRET);
    });
    request.end({ name: 'POST /projects', failed: false });
    await tracing?.close();
    expect(receiver.spans()).toMatchObject([
      { name: 'SQL insert', traceId, service: 'avatar-studio-worker' },
      { name: 'POST /projects', traceId, parentSpanId: 'b7ad6b7169203331' },
    ]);
    expect(receiver.text()).toContain('RangeError');
    expect(receiver.text()).not.toContain(SECRET);
    expect(JSON.parse(entries.at(-1)!)).toMatchObject({ msg: 'within', traceId });
  });

  it('begins a trace of its own where the sender’s header is malformed', async () => {
    const receiver = await receiving();
    tracing = await start(receiver.endpoint);
    for (const header of [undefined, '', 'x', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`]) {
      tracer()!.receive('GET', header).end({ failed: false });
    }
    await tracing?.close();
    const ids = receiver.spans().map(({ traceId }) => traceId);
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^(?!0+$)[0-9a-f]{32}$/u);
  });

  it('traces only a share of the requests, whatever the sender wants', async () => {
    const receiver = await receiving();
    tracing = await start(receiver.endpoint, 0);
    for (const header of [undefined, '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01']) {
      const request = tracer()!.receive('GET', header);
      await request.within(() => traced('SQL x', {}, async () => undefined));
      request.end({ failed: false });
    }
    await tracing?.close();
    expect(receiver.spans()).toEqual([]);
  });

  it('holds a bounded number of spans while the receiver is away, slows nothing, and says so once', async () => {
    const { promise: back, resolve: comeBack } = Promise.withResolvers<void>();
    const receiver = await receiving(() => back);
    tracing = await start(receiver.endpoint);
    // Would never end if anything waited for the receiver.
    for (let i = 0; i < 4 * HELD_MAX; i += 1) await traced('SQL x', {}, async () => undefined);
    comeBack();
    await tracing?.close();
    const { length } = receiver.spans();
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThanOrEqual(HELD_MAX);
  });

  it('logs an outage of the receiver once', async () => {
    const receiver = await openOtlpReceiver();
    await receiver.close();
    tracing = await start(receiver.endpoint);
    const outages = () => entries.filter((entry) => entry.includes('traces could not be exported'));
    const before = outages().length;
    await until(async () => {
      await traced('SQL x', {}, async () => undefined);
      return outages().length > before;
    });
    await tracing?.close();
    expect(outages()).toHaveLength(before + 1);
  });
});
