import { describe, expect, it } from 'vitest';
import { createReadiness } from './readiness.ts';

const ok = () => Promise.resolve();
const away = () => Promise.reject(new Error('away'));
const silent = () => new Promise(() => undefined);

describe('readiness', () => {
  it('names each part, and stands while the database is there', async () => {
    const readiness = createReadiness({ postgres: ok, temporal: away, gcs: ok });
    expect(await readiness()).toEqual({ ready: true, checks: { postgres: 'ok', temporal: 'unavailable', gcs: 'ok' } });
  });

  it('falls with the database', async () => {
    expect(await createReadiness({ postgres: away, temporal: ok, gcs: ok })()).toMatchObject({ ready: false });
  });

  it('takes silence for absence', async () => {
    const readiness = createReadiness({ postgres: ok, temporal: ok, gcs: silent });
    expect((await readiness()).checks.gcs).toBe('unavailable');
  });

  it('asks once for many probes', async () => {
    let requestCount = 0;
    const counting = () => {
      requestCount += 1;
      return Promise.resolve();
    };
    const readiness = createReadiness({ postgres: counting, temporal: ok, gcs: ok });
    await Promise.all(Array.from({ length: 20 }, readiness));
    expect(requestCount).toBe(1);
  });
});
