import { describe, expect, test } from 'vitest';
import { readStackEnv } from './env.ts';

describe("the stack's environment", () => {
  test('has defaults for everything: embedded parts on the usual ports', () => {
    expect(readStackEnv({})).toMatchObject({
      POSTGRES_PORT: 15_432,
      TEMPORAL_PORT: 7233,
      TEMPORAL_UI_PORT: 8233,
      GCS_PORT: 4443,
      TEMPORAL_PPROF_PORT: 0,
    });
  });

  test('treats an empty variable as not set', () => {
    expect(readStackEnv({ DATABASE_URL: '', TEMPORAL_PORT: '', GCS_BUCKET: ' ' })).toMatchObject({
      DATABASE_URL: undefined,
      TEMPORAL_PORT: 7233,
      GCS_BUCKET: undefined,
    });
  });

  test('is rejected with the name of the invalid variable', () => {
    expect(() => readStackEnv({ GCS_PORT: '70000' })).toThrow('GCS_PORT');
  });
});
