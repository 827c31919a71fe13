import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The worker under `node --watch`. Workflows are bundled by Temporal and never imported here, so they are reported to the watcher
 * in the way module loaders do.
 */
const projectDir = join(import.meta.dirname, '..');
const sources: string[] = [];
for await (const path of glob(['workflows/**/*.ts', 'domain/**/*.ts'], { cwd: projectDir })) sources.push(path);
process.send?.({ 'watch:import': sources.map((path) => pathToFileURL(join(projectDir, path)).href) });

await import('#temporal/worker/run-worker.ts'); // reports everything that a worker imports
// In a thread, the reports would go to Temporal's parent thread, which would treat them as messages of a workflow.
delete process.env['WATCH_REPORT_DEPENDENCIES'];
await import('#temporal/worker/worker.ts');
