import { listProjectAvatars } from './avatars/list.ts';
import type { PresentAvatar } from './avatars/present.ts';
import { readAvatar } from './avatars/read.ts';
import type { ApiDeps } from './create-api.ts';
import { readPrices } from './credits/prices.ts';
import { readCredits } from './credits/read.ts';
import { listTransfers } from './credits/transfers.ts';
import type { EventHub } from './events/hub.ts';
import { watchEverything } from './events/watch-everything.ts';
import { cancelGeneration } from './generations/cancel.ts';
import { createGeneration } from './generations/create.ts';
import { listGenerations } from './generations/list.ts';
import type { PresentGenerations } from './generations/present.ts';
import { prioritiseGeneration } from './generations/prioritise.ts';
import { readGeneration } from './generations/read.ts';
import { retryGeneration } from './generations/retry.ts';
import { watchGeneration } from './generations/watch.ts';
import { readGenerationWorkflow } from './generations/workflow.ts';
import type { Handlers } from './handler.ts';
import { readMe } from './me/read.ts';
import type { ApiMetrics } from './metrics.ts';
import { listPresets } from './presets/list.ts';
import { presentPresets } from './presets/present.ts';
import { readPreset } from './presets/read.ts';
import { createProject } from './projects/create.ts';
import { listProjects } from './projects/list.ts';
import { presentProjects } from './projects/present.ts';
import { readProject } from './projects/read.ts';
import type { Line } from './queue/line.ts';
import { readQueue } from './queue/read.ts';
import { signInDemoUser } from './sign-in/demo.ts';
import { readSignInOptions } from './sign-in/options.ts';

type Outside = Pick<ApiDeps, 'database' | 'workflows' | 'store' | 'providers' | 'prices' | 'demoTokens' | 'oidcIssuer'>;

export interface HandlersDeps extends Outside {
  readonly line: Line;
  readonly present: PresentGenerations;
  readonly presentAvatar: PresentAvatar;
  readonly hub: EventHub;
  readonly metrics: ApiMetrics;
}

/** Each route of the contract with what it needs. */
export function createHandlers(deps: HandlersDeps): Handlers {
  const { database, store, line, hub } = deps;
  const projects = { database, present: presentProjects(store) };
  const avatars = { database, present: deps.presentAvatar };
  const presets = { database, present: presentPresets(store) };
  const streams = { hub, onDropped: () => deps.metrics.droppedStreams.inc() };
  return {
    readSignInOptions: readSignInOptions({ demo: deps.demoTokens !== undefined, oidcIssuer: deps.oidcIssuer }),
    signInDemoUser: signInDemoUser(deps.demoTokens),
    readMe: readMe(deps),
    listProjects: listProjects(projects),
    createProject: createProject(projects),
    readProject: readProject(projects),
    listProjectAvatars: listProjectAvatars(avatars),
    readAvatar: readAvatar(avatars),
    createGeneration: createGeneration(deps),
    listGenerations: listGenerations(deps),
    readGeneration: readGeneration(deps),
    readGenerationWorkflow: readGenerationWorkflow(deps),
    cancelGeneration: cancelGeneration(deps),
    prioritiseGeneration: prioritiseGeneration(deps),
    retryGeneration: retryGeneration(deps),
    watchGeneration: watchGeneration(streams),
    watchEverything: watchEverything(streams),
    readCredits: readCredits(deps),
    listTransfers: listTransfers(deps),
    readPrices: readPrices(deps.prices),
    listPresets: listPresets(presets),
    readPreset: readPreset(presets),
    readQueue: readQueue({ line }),
  };
}
