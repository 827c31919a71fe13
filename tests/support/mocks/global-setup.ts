import type { TestProject } from 'vitest/node';
import { startTemporalInMemory } from '#stack/start-stack.ts';
import { createDataDir, removeDataDir, sweepAbandonedStacks, testEnvironment } from '../temporary-stack.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    mockedTemporal: { readonly address: string; readonly namespace: string };
  }
}

/** Starts the Temporal server that all workflows on mocked activities share, and stops it at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweepAbandonedStacks();
  const dataDir = await createDataDir();
  const { address, namespace, stop } = await startTemporalInMemory({ dataDir, env: testEnvironment() });
  project.provide('mockedTemporal', { address, namespace });
  return async () => {
    await stop();
    await removeDataDir(dataDir);
  };
}
