import { chmod } from 'node:fs/promises';
import { runCommand } from '#process/run-command.ts';
import { workflowBundle } from '#temporal/worker/workflow-bundle.ts';

/** The user of the image differs from the user that builds it. */
const READABLE_BY_ALL = 0o755;

/** Image build: `node ops/containers/bundle-workflows.ts FOLDER` bundles the workflows, so that workers start without bundling. */
await runCommand(async () => {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('Usage: node ops/containers/bundle-workflows.ts FOLDER');
  for (const traced of [false, true]) console.log((await workflowBundle(folder, { traced })).codePath);
  await chmod(folder, READABLE_BY_ALL);
});
