import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { describe, expect, it } from 'vitest';
import { PROJECT_DIR } from './compose-project.ts';

const PROCESSES = ['api/server.ts', 'temporal/worker/worker.ts', 'web/server.ts', 'ops/containers/prepare.ts'];

describe('the packages in the image', () => {
  it('are sufficient: no process of the image imports a development package', async () => {
    const { output } = await cruise(PROCESSES, {
      baseDir: PROJECT_DIR,
      doNotFollow: { path: 'node_modules' },
      tsPreCompilationDeps: false,
    });
    const dependencies = (output as ICruiseResult).modules.flatMap((module) => module.dependencies);
    const packages = dependencies.filter(({ dependencyTypes }) => dependencyTypes.includes('npm'));
    const missing = dependencies.filter(({ dependencyTypes }) =>
      dependencyTypes.some((type) => ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'undetermined'].includes(type)),
    );
    expect(packages.length).toBeGreaterThan(10);
    expect(missing.map(({ module }) => module)).toEqual([]);
  });
});
