import { readFile, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

const DURATIONS = new URL('durations.json', import.meta.url);

/** Updates `durations.json` with the seconds that each test file of this run took. */
export default class DurationReporter implements Reporter {
  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    const seconds = modules.map((module): [string, number] => {
      const { environmentSetupDuration, prepareDuration, collectDuration, setupDuration, duration } =
        module.diagnostic();
      const ms = environmentSetupDuration + prepareDuration + collectDuration + setupDuration + duration;
      return [relative(module.project.config.root, module.moduleId), Math.round(ms / 100) / 10];
    });
    const known = JSON.parse(await readFile(DURATIONS, 'utf8').catch(() => '{}')) as Record<string, number>;
    const files = Object.fromEntries(
      Object.entries({ ...known, ...Object.fromEntries(seconds) }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
    await writeFile(DURATIONS, `${JSON.stringify(files, null, 2)}\n`);
  }
}
