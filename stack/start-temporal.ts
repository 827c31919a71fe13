import { join } from 'node:path';
import { isCached, toolDirectory } from './cache.ts';
import { findGo, findOnPath, outputOf } from './find-program.ts';
import { goInstall } from './go-install.ts';
import { LOOPBACK } from './ports.ts';
import type { EmbeddedPostgres } from './postgres/server.ts';
import type { StackContext } from './stack-context.ts';
import { temporalCandidates } from './temporal/candidates.ts';
import { configuredTemporal, type ConfiguredTemporal } from './temporal/configured.ts';
import { startDevServer } from './temporal/dev-server.ts';
import { downloadCli } from './temporal/download-cli.ts';
import { locateTemporal, type TemporalSource } from './temporal/locate.ts';
import { ensureNamespace } from './temporal/namespace.ts';
import { startTemporalOnPostgres, type TemporalServer } from './temporal/server-on-postgres.ts';
import { startTemporalUi, type TemporalUi } from './temporal/ui.ts';
import { TEMPORAL_SERVER, TEMPORAL_UI } from './tools.ts';

export interface TemporalPlan {
  readonly source: TemporalSource;
  readonly configured?: ConfiguredTemporal;
  readonly uiExecutable?: string;
  readonly needsPostgres: boolean;
}

export interface StartedTemporal {
  readonly addresses: {
    readonly temporalAddress: string;
    readonly temporalNamespace: string;
    readonly temporalUiUrl?: string;
    readonly temporalMetricsUrl?: string;
  };
  readonly server?: TemporalServer;
  readonly ui?: TemporalUi;
}

/** The default namespace of Temporal's tools: CLI and UI open on it. */
const EMBEDDED_NAMESPACE = 'default';

/** Finds a Temporal server, building one if there is no other way, and the UI for it. Nothing is started. */
export async function planTemporal(context: StackContext): Promise<TemporalPlan> {
  const configured = configuredTemporal(context.env);
  const install = { ...context, findGo: () => findGo(context.env), signal: context.supervisor.stopping };
  const source = await locateTemporal(
    temporalCandidates({
      cacheRoot: context.cacheRoot,
      configured: () => configured,
      onPath: (program) => findOnPath(context.env['PATH'], program),
      output: (command, args) => outputOf(command, args, context.env),
      downloadCli: () => downloadCli(context),
      installOfficial: () => goInstall(install, TEMPORAL_SERVER),
    }),
    context.progress.say,
  );
  if (source.kind !== 'official') {
    return { source, needsPostgres: false, ...(configured === undefined ? {} : { configured }) };
  }
  const ui = context.temporalUi ? await findUi(context, () => goInstall(install, TEMPORAL_UI)) : undefined;
  return { source, needsPostgres: true, ...(ui === undefined ? {} : { uiExecutable: ui }) };
}

/** Nothing depends on the UI, so the start continues without it. */
async function findUi(context: StackContext, install: () => Promise<void>): Promise<string | undefined> {
  try {
    if (!(await isCached(context.cacheRoot, TEMPORAL_UI))) await install();
    return join(toolDirectory(context.cacheRoot, TEMPORAL_UI), 'temporal-ui');
  } catch (error) {
    context.supervisor.stopping.throwIfAborted();
    context.progress.say(
      `Continuing without the Temporal UI: ${error instanceof Error ? error.message : String(error)}`,
    );
    return undefined;
  }
}

/** Executes the plan and creates the namespace and search attributes if missing. */
export async function startTemporal(
  context: StackContext,
  plan: TemporalPlan,
  postgres: EmbeddedPostgres | undefined,
): Promise<StartedTemporal> {
  const { source, configured } = plan;
  if (source.kind === 'external') return useExternal(context, source, configured);
  const { settings, ports, dataDir } = context;
  const [namespace, port] = [EMBEDDED_NAMESPACE, await ports.choose('Temporal', settings.TEMPORAL_PORT)];
  const address = `${LOOPBACK}:${port}`;

  if (source.kind === 'cli') {
    const uiPort = await ports.choose('the Temporal UI', settings.TEMPORAL_UI_PORT);
    const server = await startDevServer(context, { ...source, dataDir, port, uiPort, namespace });
    await ensureNamespace({ address }, namespace);
    return { addresses: addressesOf(server, namespace), server };
  }
  if (postgres === undefined) throw new Error('the official Temporal server needs the embedded Postgres');
  const [server, ui] = await Promise.all([
    startTemporalOnPostgres(context, { ...source, dataDir, port, postgres }).then(async (started) => {
      await ensureNamespace({ address }, namespace);
      return started;
    }),
    startUi(context, plan.uiExecutable, address),
  ]);
  return { addresses: addressesOf(server, namespace, ui), server, ...(ui === undefined ? {} : { ui }) };
}

async function startUi(
  context: StackContext,
  executable: string | undefined,
  temporalAddress: string,
): Promise<TemporalUi | undefined> {
  if (executable === undefined) return undefined;
  const port = await context.ports.choose('the Temporal UI', context.settings.TEMPORAL_UI_PORT);
  const { dataDir } = context;
  return startTemporalUi(context, { dataDir, executable, port, temporalAddress, namespace: EMBEDDED_NAMESPACE });
}

function addressesOf(server: TemporalServer, namespace: string, ui?: TemporalUi): StartedTemporal['addresses'] {
  const uiUrl = ui?.url ?? server.uiUrl;
  return {
    temporalAddress: server.address,
    temporalNamespace: namespace,
    ...(uiUrl === undefined ? {} : { temporalUiUrl: uiUrl }),
    ...(server.metricsUrl === undefined ? {} : { temporalMetricsUrl: server.metricsUrl }),
  };
}

/** An external service may refuse changes: this is reported, and the start continues. */
async function useExternal(
  context: StackContext,
  source: { readonly address: string; readonly namespace: string },
  configured: ConfiguredTemporal | undefined,
): Promise<StartedTemporal> {
  try {
    await ensureNamespace(configured?.connection ?? { address: source.address }, source.namespace);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    context.progress.say(
      `Could not verify namespace "${source.namespace}" and its search attributes on ${source.address}: ${reason}`,
    );
  }
  return { addresses: { temporalAddress: source.address, temporalNamespace: source.namespace } };
}
