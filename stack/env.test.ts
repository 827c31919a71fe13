import { describe, expect, test } from 'vitest';
import { readStackEnv } from './env.ts';

describe("the stack's environment", () => {
  test('needs nothing: the usual ports, all embedded', () => {
    expect(readStackEnv({})).toMatchObject({
      POSTGRES_PORT: 15_432,
      TEMPORAL_PORT: 7233,
      TEMPORAL_UI_PORT: 8233,
      GCS_PORT: 4443,
    });
  });

  test('takes an empty variable as not set', () => {
    expect(readStackEnv({ DATABASE_URL: '', TEMPORAL_PORT: '', GCS_BUCKET: ' ' })).toMatchObject({
      DATABASE_URL: undefined,
      TEMPORAL_PORT: 7233,
      GCS_BUCKET: undefined,
    });
  });

  test('names the variable that is wrong', () => {
    expect(() => readStackEnv({ GCS_PORT: '70000' })).toThrow('GCS_PORT');
  });
});
