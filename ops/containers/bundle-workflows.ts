import { chmod } from 'node:fs/promises';
import { runCommand } from '#process/run-command.ts';
import { workflowBundle } from '#temporal/worker/workflow-bundle.ts';

/** For the user of the image, who is not the one who builds it. */
const READABLE_BY_ALL = 0o755;

/** While an image is built: `node ops/containers/bundle-workflows.ts FOLDER`, so that its workers start at once. */
await runCommand(async () => {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('Say where the bundle goes.');
  console.log((await workflowBundle(folder)).codePath);
  await chmod(folder, READABLE_BY_ALL);
});
