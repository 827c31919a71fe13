import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createPainterBench,
  failureOf,
  type PainterBench,
  REQUEST,
  UNCUT,
} from '../../../tests/fakes/replicate/painter-bench.ts';
import { createReplicateProvider } from './replicate-provider.ts';

let bench: PainterBench;
beforeAll(async () => {
  bench = await createPainterBench();
});
beforeEach(() => bench.fake.reset());
afterAll(() => bench.fake.stop());

describe('stopping', () => {
  it('cancels what runs', async () => {
    bench.fake.script({ on: 'prediction', fault: 'stuck' });
    const handle = await bench.provider.submit(REQUEST, UNCUT);
    await bench.provider.cancel(handle, UNCUT);
    expect(bench.fake.ledger()).toMatchObject([{ state: 'canceled', cancelled: true }]);
    expect(await bench.provider.poll(handle, REQUEST, UNCUT)).toMatchObject({
      state: 'failed',
      failure: { kind: 'cancelled' },
    });
  });

  it('of what is finished or unknown is no error', async () => {
    const handle = await bench.provider.submit(REQUEST, UNCUT);
    await bench.pollUntilOver(handle.externalId);
    await bench.provider.cancel(handle, UNCUT);
    await bench.provider.cancel({ externalId: 'gm3qorzdhgbfurvjtvhg6dckhu' }, UNCUT);
    expect(bench.fake.ledger()).toMatchObject([{ state: 'succeeded', cancelled: false }]);
  });

  it('by the signal ends a hanging call at once, and an order so ended may have been accepted', async () => {
    bench.fake.script({ on: 'create', fault: 'hang_after_accept' });
    const stop = new AbortController();
    const submitting = failureOf(bench.provider.submit(REQUEST, stop.signal));
    setTimeout(() => stop.abort(), 50);
    expect(await submitting).toMatchObject({ kind: 'cancelled', accepted: 'maybe' });
  });

  it('happens at the service itself when nobody is left to ask', async () => {
    const painter = createReplicateProvider({
      token: bench.fake.token,
      baseUrl: bench.fake.url,
      predictionDeadlineMs: 5_000,
    });
    bench.fake.script({ on: 'prediction', fault: 'stuck' });
    const handle = await painter.submit(REQUEST, UNCUT);
    const reply = await fetch(`${bench.fake.url}/predictions/${handle.externalId}`, {
      headers: { authorization: `Bearer ${bench.fake.token}` },
    });
    const shown = (await reply.json()) as { created_at: string; deadline: string };
    expect(Date.parse(shown.deadline) - Date.parse(shown.created_at)).toBe(5_000);
  });
});
