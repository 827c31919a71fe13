import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import v8 from '@vitest/coverage-v8';

/** The file names that temporal/worker/workflow-bundle.ts writes. */
const BUNDLE_NAME = /^workflows-[0-9a-f]+\.cjs$/;
const SOURCE_MAP = /\/\/# sourceMappingURL=data:[^,]*;base64,(\S+)\s*$/;

interface Source {
  code: string;
  map?: { sources: string[] };
}

/** The two steps of Vitest's own provider that handle one executed file. */
interface Provider {
  isIncluded(path: string): boolean;
  getSources(url: string, ...rest: unknown[]): Promise<Source>;
}

/**
 * Vitest's V8 coverage, extended to workflows. They run as a bundle in their own sandbox: V8 counts it like any script
 * (in this thread, because of TEMPORAL_DEBUG), but Vitest cannot load it. The bundle's inline source map leads back to
 * the files in workflows/.
 */
export default {
  // Vitest loads this module more than once, so the state of a measurement stays in its own, single module.
  startCoverage: (options: Parameters<NonNullable<typeof v8.startCoverage>>[0]) => v8.startCoverage?.(options),
  takeCoverage: (options: Parameters<NonNullable<typeof v8.takeCoverage>>[0]) => v8.takeCoverage?.(options),
  stopCoverage: (options: Parameters<NonNullable<typeof v8.stopCoverage>>[0]) => v8.stopCoverage?.(options),
  async getProvider() {
    const provider = (await v8.getProvider()) as Awaited<ReturnType<typeof v8.getProvider>> & Provider;
    const isIncluded = provider.isIncluded.bind(provider);
    const getSources = provider.getSources.bind(provider);
    provider.isIncluded = (path) => isBundle(path) || isIncluded(path);
    provider.getSources = async (url, ...rest) => {
      const path = fileURLToPath(url);
      return isBundle(path) ? readBundle(path) : getSources(url, ...rest);
    };
    return provider;
  },
};

function isBundle(path: string): boolean {
  return BUNDLE_NAME.test(basename(path));
}

async function readBundle(path: string): Promise<Source> {
  const code = await readFile(path, 'utf8');
  const encoded = SOURCE_MAP.exec(code)?.[1];
  if (encoded === undefined) throw new Error(`${path} has no source map, so workflow coverage cannot be measured`);
  const map = JSON.parse(Buffer.from(encoded, 'base64').toString()) as { sources: string[] };
  return { code, map: { ...map, sources: map.sources.map((source) => `file://${resolve(source)}`) } };
}
