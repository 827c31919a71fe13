import { describe, expect, it } from 'vitest';
import { createReadiness } from './readiness.ts';

const ok = () => Promise.resolve();
const down = () => Promise.reject(new Error('down'));
const hanging = () => new Promise(() => undefined);

describe('createReadiness', () => {
  it('reports each part, and is ready while the database is available', async () => {
    const readiness = createReadiness({ postgres: ok, temporal: down, gcs: ok });
    expect(await readiness()).toEqual({ ready: true, checks: { postgres: 'ok', temporal: 'unavailable', gcs: 'ok' } });
  });

  it('is not ready without the database', async () => {
    expect(await createReadiness({ postgres: down, temporal: ok, gcs: ok })()).toMatchObject({ ready: false });
  });

  it('reports a part that does not answer in time as unavailable', async () => {
    const readiness = createReadiness({ postgres: ok, temporal: ok, gcs: hanging });
    expect((await readiness()).checks.gcs).toBe('unavailable');
  });

  it('checks once for concurrent probes', async () => {
    let checkCount = 0;
    const counting = () => {
      checkCount += 1;
      return Promise.resolve();
    };
    const readiness = createReadiness({ postgres: counting, temporal: ok, gcs: ok });
    await Promise.all(Array.from({ length: 20 }, readiness));
    expect(checkCount).toBe(1);
  });
});
