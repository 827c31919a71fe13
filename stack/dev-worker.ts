import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The worker under `node --watch`. Workflows are bundled by Temporal and never imported here, so the watcher would not know of
 * them: they are told to it in the way module loaders do.
 */
const projectDir = join(import.meta.dirname, '..');
const sources: string[] = [];
for await (const path of glob(['workflows/**/*.ts', 'domain/**/*.ts'], { cwd: projectDir })) sources.push(path);
process.send?.({ 'watch:import': sources.map((path) => pathToFileURL(join(projectDir, path)).href) });

await import('#temporal/worker/run-worker.ts'); // reports all that a worker imports
// From a thread the reports go to its parent, which is Temporal's own and takes them for messages of a workflow.
delete process.env['WATCH_REPORT_DEPENDENCIES'];
await import('#temporal/worker/worker.ts');
