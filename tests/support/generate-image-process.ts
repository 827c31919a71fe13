import { pino } from 'pino';
import { createGenerateImage } from '#activities/generate/generate-image.ts';
import type { ProviderGuard } from '#activities/generate/provider-guard.ts';
import type { ImageProvider } from '#activities/providers/port.ts';
import { createMetrics } from '#temporal/worker/metrics.ts';
import type { Studio } from './studio.ts';

const OPEN_GATE: ProviderGuard = {
  pass: () => Promise.resolve(),
  delivered: () => Promise.resolve(),
  failed: () => Promise.resolve(),
};

/** Stands around each effect of the paid step: a statement by its name, `submit`, `poll`, `write`. */
export type Intercept = <Result>(effect: string, act: () => Promise<Result>) => Promise<Result>;
export const passThrough: Intercept = (_, act) => act();

/** The paid step in one process: adapters of its own, the database and the bucket shared with all others. */
export function createGenerateImageProcess(
  studio: Studio,
  adapter: ImageProvider,
  around = passThrough,
  generationTimeoutMs = 30_000,
) {
  const { database, store } = studio;
  const provider: ImageProvider = {
    ...adapter,
    submit: (...asked) => around('submit', () => adapter.submit(...asked)),
    poll: (...asked) => around('poll', () => adapter.poll(...asked)),
  };
  return createGenerateImage({
    database: { ...database, call: (name, text, values) => around(name, () => database.call(name, text, values)) },
    store: { ...store, write: (...asked) => around('write', () => store.write(...asked)) },
    providers: new Map([[adapter.name, provider]]),
    generationTimeoutMs,
    wakeups: studio.wakeups,
    providerGuard: OPEN_GATE,
    measurements: createMetrics().measurements,
    log: pino({ level: 'silent' }),
  });
}
