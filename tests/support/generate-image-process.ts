import { pino } from 'pino';
import { createGenerateImage } from '#activities/generate/generate-image.ts';
import { createStagedImages } from '#activities/publish/staged-images.ts';
import type { ProviderGuard } from '#activities/generate/provider-guard.ts';
import type { ImageProvider } from '#activities/providers/port.ts';
import { createMetrics } from '#temporal/worker/metrics.ts';
import { pollSooner } from './poll-sooner.ts';
import type { Studio } from './studio.ts';

const ALLOW_ALL: ProviderGuard = {
  bounds: () => ({}),
  probe: () => Promise.resolve(),
  delivered: () => Promise.resolve(),
  failed: () => Promise.resolve(),
};

/** Runs around each effect of `generateImage`: a SQL statement's name, `submit`, `poll` or `write`. */
export type Intercept = <Result>(effect: string, act: () => Promise<Result>) => Promise<Result>;
export const passThrough: Intercept = (_, act) => act();

/** `generateImage` as one worker process has it: its own adapters, with database and bucket shared with other processes. */
export function createGenerateImageProcess(
  studio: Studio,
  adapter: ImageProvider,
  intercept = passThrough,
  generationTimeoutMs = 30_000,
) {
  const { database, store } = studio;
  const sooner = pollSooner(adapter);
  const provider: ImageProvider = {
    ...sooner,
    submit: (...args) => intercept('submit', () => sooner.submit(...args)),
    poll: (...args) => intercept('poll', () => sooner.poll(...args)),
  };
  return createGenerateImage({
    database: { ...database, call: (name, text, values) => intercept(name, () => database.call(name, text, values)) },
    store: { ...store, write: (...args) => intercept('write', () => store.write(...args)) },
    providers: new Map([[adapter.name, provider]]),
    generationTimeoutMs,
    wakeups: studio.wakeups,
    decoder: studio.decoder,
    providerGuard: ALLOW_ALL,
    stagedImages: createStagedImages(),
    measurements: createMetrics().measurements,
    log: pino({ level: 'silent' }),
  });
}
