import { join } from 'node:path';
import { toolDirectory } from './cache.ts';
import { outputOf } from './find-program.ts';
import { goInstall } from './go-install.ts';
import { installDeps } from './install-deps.ts';
import { installPackage, installRelease } from './install-prebuilt.ts';
import { createLoopbackProxy, type GuardedServer } from './loopback-proxy.ts';
import { hiddenLoopback, LOOPBACK } from './ports.ts';
import type { EmbeddedPostgres } from './postgres/server.ts';
import { TEMPORAL_CLI_PACKAGE, TEMPORAL_CLI_RELEASE } from './prebuilt.ts';
import type { StackContext } from './stack-context.ts';
import type { StackPart } from './stack-part.ts';
import type { TemporalUiPart } from './stack.ts';
import { progressOf } from './startup-status.ts';
import { temporalCandidates } from './temporal/candidates.ts';
import { configuredTemporal, type ConfiguredTemporal } from './temporal/configured.ts';
import { startDevServer } from './temporal/dev-server.ts';
import { locateTemporal, type TemporalSource } from './temporal/locate.ts';
import { ensureNamespace } from './temporal/namespace.ts';
import { startOfficialServer, type TemporalServer } from './temporal/official-server.ts';
import { startTemporalOnPostgres } from './temporal/server-on-postgres.ts';
import { ruleTemporalUi } from './temporal/ui-guard.ts';
import { startTemporalUi } from './temporal/ui.ts';
import { TEMPORAL_SERVER, TEMPORAL_UI } from './tools.ts';

/** Where Temporal runs or will run; chosen before its server has been found or built. */
export interface TemporalPlan {
  readonly address: string;
  readonly namespace: string;
  /** Undefined with a Temporal service of the user's own. */
  readonly uiUrl?: string;
  /** Where the UI itself listens; `uiUrl` is its guard's. */
  readonly ui?: GuardedServer;
  readonly configured?: ConfiguredTemporal;
}

export interface StartedTemporal {
  /** Undefined with a Temporal service of the user's own. */
  readonly server?: TemporalServer;
  /** The embedded Postgres that the server uses. */
  readonly postgres?: EmbeddedPostgres;
  /** The development server of the CLI contains the UI. */
  readonly hasOwnUi: boolean;
}

/** The official server's variables for data that lives as long as the process. */
const IN_MEMORY = { DB: 'sqlite', SQLITE_MODE: 'memory' };
/** The default namespace of Temporal's tools: CLI and UI open on it. */
const EMBEDDED_NAMESPACE = 'default';

/** The configured service, or the ports of the embedded one. Nothing is started. */
export async function planTemporal({ env, ports, settings, temporalUi }: StackContext): Promise<TemporalPlan> {
  const configured = configuredTemporal(env);
  if (configured !== undefined) return { ...configured, configured };
  const address = `${LOOPBACK}:${await ports.choose('Temporal', settings.TEMPORAL_PORT)}`;
  if (!temporalUi) return { address, namespace: EMBEDDED_NAMESPACE };
  const uiPort = await ports.choose('the Temporal UI', settings.TEMPORAL_UI_PORT);
  const ui = { host: hiddenLoopback(), port: await ports.choose('the Temporal UI behind its guard', 0) };
  return { address, namespace: EMBEDDED_NAMESPACE, uiUrl: `http://${LOOPBACK}:${uiPort}`, ui };
}

export interface TemporalNeeds {
  /** The embedded Postgres, which is started for the official server if it is not running. Undefined: data stays in memory. */
  readonly postgres?: () => Promise<EmbeddedPostgres>;
  /** A build of the server waits for it, in success or failure. */
  readonly beforeBuild: Promise<unknown>;
}

/**
 * Executes the plan: finds a Temporal server, building one if there is no other way, starts it, and creates the namespace and search
 * attributes if missing.
 */
export async function startTemporal(
  context: StackContext,
  plan: TemporalPlan,
  { postgres, beforeBuild }: TemporalNeeds,
): Promise<StartedTemporal> {
  context.status.preparing('temporal');
  const progress = progressOf(context.progress, context.status, 'temporal');
  const source = await locate({ ...context, progress }, plan.configured, beforeBuild);
  const started = await startSource(context, plan, source, postgres);
  context.status.ready('temporal');
  return started;
}

function locate(
  context: StackContext,
  configured: ConfiguredTemporal | undefined,
  beforeBuild: Promise<unknown>,
): Promise<TemporalSource> {
  const deps = installDeps(context);
  const candidates = temporalCandidates({
    ...deps,
    configured: () => configured,
    output: (command, args) => outputOf(command, args, context.env),
    installRelease: () => installRelease(deps, TEMPORAL_CLI_RELEASE),
    installPackage: () => installPackage(deps, TEMPORAL_CLI_PACKAGE),
    async installOfficial() {
      context.status.preparing('temporal', 'Waiting for the build of the storage emulator');
      await Promise.allSettled([beforeBuild]);
      await goInstall(deps, TEMPORAL_SERVER);
    },
  });
  return locateTemporal(candidates, context.progress.say);
}

async function startSource(
  context: StackContext,
  plan: TemporalPlan,
  source: TemporalSource,
  postgres: (() => Promise<EmbeddedPostgres>) | undefined,
): Promise<StartedTemporal> {
  const { dataDir } = context;
  if (source.kind === 'external') {
    await checkExternal(context, source, plan.configured);
    return { hasOwnUi: false };
  }
  const port = portOf(plan.address);
  if (source.kind === 'cli') {
    const server = await startDevServer(context, {
      ...source,
      ...plan,
      dataDir,
      port,
      ui: plan.ui,
      inMemory: postgres === undefined,
    });
    await ensureNamespace(plan, plan.namespace);
    return { server, hasOwnUi: true };
  }
  const database = await postgres?.();
  const server = database
    ? await startTemporalOnPostgres(context, { ...source, dataDir, port, postgres: database })
    : await startOfficialServer(context, { ...source, dataDir, port, store: IN_MEMORY });
  await ensureNamespace(plan, plan.namespace);
  return { server, ...(database && { postgres: database }), hasOwnUi: false };
}

const portOf = (address: string): number => Number(address.slice(address.lastIndexOf(':') + 1));

/** Nothing depends on the UI, so the start continues without it. */
export async function startUi(
  context: StackContext,
  plan: TemporalPlan,
  { server, hasOwnUi }: StartedTemporal,
): Promise<TemporalUiPart | undefined> {
  const { uiUrl: url, ui } = plan;
  if (url === undefined || ui === undefined || server === undefined) {
    return withoutUi(context, 'not part of this start');
  }
  try {
    const part = hasOwnUi ? undefined : await startOfficialUi(context, plan, { publicUrl: url, server: ui });
    const guard = createLoopbackProxy(Number(new URL(url).port), ui, ruleTemporalUi);
    await guard.open();
    context.status.ready('temporal_ui');
    return { url, guard, ...(part && { part }) };
  } catch (error) {
    context.supervisor.stopping.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    context.progress.say(`Continuing without the Temporal UI: ${reason}`);
    return withoutUi(context, 'could not be installed');
  }
}

function withoutUi(context: StackContext, reason: string): undefined {
  context.status.unavailable('temporal_ui', reason);
}

async function startOfficialUi(
  context: StackContext,
  plan: TemporalPlan,
  at: { readonly publicUrl: string; readonly server: GuardedServer },
): Promise<StackPart> {
  context.status.preparing('temporal_ui');
  const progress = progressOf(context.progress, context.status, 'temporal_ui');
  await goInstall(installDeps({ ...context, progress }), TEMPORAL_UI);
  const executable = join(toolDirectory(context.cacheRoot, TEMPORAL_UI), 'temporal-ui');
  const { address: temporalAddress, namespace } = plan;
  return startTemporalUi(context, { ...at, dataDir: context.dataDir, executable, temporalAddress, namespace });
}

/** An external service may refuse changes: this is reported, and the start continues. */
async function checkExternal(
  context: StackContext,
  source: { readonly address: string; readonly namespace: string },
  configured: ConfiguredTemporal | undefined,
): Promise<void> {
  try {
    await ensureNamespace(configured?.connection ?? { address: source.address }, source.namespace);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    context.progress.say(
      `Could not verify namespace "${source.namespace}" and its search attributes on ${source.address}: ${reason}`,
    );
  }
}
