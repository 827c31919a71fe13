import { workflowBundle } from '../../temporal/workflow-bundle.ts';

/** While an image is built: `node ops/containers/bundle-workflows.ts FOLDER`, so that its workers start at once. */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Say where the bundle goes.');
console.log((await workflowBundle(folder)).codePath);
