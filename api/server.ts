import type { SignInOptions } from '#contract/profile.ts';
import { createContentSigner } from './content-credentials/content-signer.ts';
import { readSigningCredential, type SigningCredential } from './content-credentials/signing-credential.ts';
import { budgetsOf } from '#domain/provider/budget.ts';
import { DEFAULT_PRICES } from '#domain/generation/pricing.ts';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { isConfigured } from '#domain/provider/provider-variables.ts';
import { taskQueues } from '#domain/generation/task-queue.ts';
import { createDatabase } from '#drizzle/connection/database.ts';
import { CLIENT_LIMITS } from '#process/client-limits.ts';
import { createLog } from '#process/log.ts';
import { createDrainingServer } from '#process/draining-server.ts';
import { withPassword } from '#process/database-url.ts';
import { listen } from '#process/listen.ts';
import { readPrivateKey } from '#process/read-private-key.ts';
import { readSecretBox } from '#process/secret-box.ts';
import { startTracing } from '#process/tracing/start-tracing.ts';
import { runProcess, type Lifetime, type Running } from '#process/run-process.ts';
import { checkServices } from '#temporal/client/check-services.ts';
import { connectClient } from '#temporal/client/connection.ts';
import { createGenerationWorkflows } from '#temporal/client/generation-workflows.ts';
import { createObjectRemoval } from '#temporal/client/object-removal.ts';
import { createReconciler } from '#temporal/client/reconciler.ts';
import { clientTracing } from '#temporal/client/trace-client.ts';
import { createDemoTokens, type DemoTokens } from './auth/demo-tokens.ts';
import { createOidcKeys, OIDC_ALGORITHMS } from './auth/oidc-keys.ts';
import { createTokenVerifier, type TokenRules } from './auth/token-verifier.ts';
import { createApi } from './create-api.ts';
import { readEnvironment, type ApiEnvironment } from './env.ts';
import { createImageStore } from './image-store.ts';

/** Running requests may finish within this after the drain; a POST waits at most 3 s for its admission. */
const FINISH_TIMEOUT_MS = 15_000;
/** For closing connections to Postgres and Temporal after the last request. */
const CLOSE_TIMEOUT_MS = 5_000;
/** Short, because the primary can answer as well. */
const REPLICA_CONNECT_TIMEOUT_MS = 500;

/** A configured identity provider takes precedence over the demo key. */
function tokenRules(env: ApiEnvironment, demo: DemoTokens | undefined): TokenRules {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience } = env;
  if (issuer !== undefined && audience !== undefined) {
    return {
      issuer,
      audience,
      algorithms: OIDC_ALGORITHMS,
      key: createOidcKeys(issuer),
      clients: [env.OIDC_CLIENT_ID, ...env.OIDC_CLIENTS],
      services: env.SERVICE_CLIENTS,
      maxAgeSeconds: env.OIDC_TOKEN_MAX_AGE,
      identityClaims: { verified: env.OIDC_VERIFIED_CLAIM, address: env.OIDC_ADDRESS_CLAIM },
    };
  }
  if (demo === undefined) throw new Error('Neither an identity provider nor a demo key is configured');
  return demo.rules;
}

/** The page's client at the identity provider; null where demo users sign in. */
function oidcClient(env: ApiEnvironment): SignInOptions['oidc'] {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: value, OIDC_AUDIENCE_PARAMETER: name } = env;
  if (issuer === undefined) return null;
  const audienceParameter = name !== undefined && value !== undefined ? { name, value } : null;
  return { issuer, clientId: env.OIDC_CLIENT_ID, scope: env.OIDC_SCOPE, audienceParameter };
}

/** Undefined where downloads are not signed. */
function signingCredential(env: ApiEnvironment): SigningCredential | undefined {
  const { C2PA_CERTIFICATE_FILE: certificateFile, C2PA_PRIVATE_KEY_FILE: privateKeyFile } = env;
  if (certificateFile === undefined || privateKeyFile === undefined) return undefined;
  return readSigningCredential({ certificateFile, privateKeyFile }, new Date());
}

/** The host names of a demo; undefined where users sign in at a provider. */
function demoHosts(env: ApiEnvironment): readonly string[] | undefined {
  if (env.DEMO_SIGN_IN === 'off') return undefined;
  return [...(env.WEB_URL === undefined ? [] : [new URL(env.WEB_URL).hostname]), ...env.ALLOWED_HOSTS];
}

async function start({ held, fail }: Lifetime): Promise<Running> {
  const env = readEnvironment(process.env);
  const log = createLog('api', env.LOG_LEVEL, { version: env.AVATAR_STUDIO_VERSION });
  const tracing = await startTracing(env, { service: 'api', version: env.AVATAR_STUDIO_VERSION, log });
  held.defer(async () => tracing?.close());
  const database = createDatabase({
    url: withPassword(env.DATABASE_URL, env.DATABASE_PASSWORD_FILE),
    poolSize: env.DATABASE_POOL_SIZE,
    applicationName: 'avatar-studio api',
    log: (message, error) => log.warn({ err: error }, message),
  });
  const replica =
    env.DATABASE_READ_URL === undefined
      ? undefined
      : createDatabase({
          url: withPassword(env.DATABASE_READ_URL, env.DATABASE_PASSWORD_FILE),
          readOnly: true,
          poolSize: env.DATABASE_POOL_SIZE,
          connectTimeoutMs: REPLICA_CONNECT_TIMEOUT_MS,
          applicationName: 'avatar-studio api reads',
          log: (message, error) => log.warn({ err: error }, message),
        });
  const { connection, client } = connectClient(await clientTracing());
  held.defer(async () => void (await Promise.all([database.close(), replica?.close(), connection.close()])));
  const queues = taskQueues(env.TASK_QUEUE_SUFFIX);
  const demoTokens =
    env.DEMO_SIGN_IN === 'on' && env.OIDC_ISSUER === undefined && env.AUTH_PRIVATE_KEY_FILE !== undefined
      ? createDemoTokens(readPrivateKey('AUTH_PRIVATE_KEY_FILE', env.AUTH_PRIVATE_KEY_FILE))
      : undefined;
  const store = createImageStore(env);
  const contentSigner = createContentSigner(signingCredential(env), {
    onExpired: () => log.error('the certificate of C2PA_CERTIFICATE_FILE has expired; downloads are not signed'),
  });
  held.defer(() => contentSigner.close());
  await contentSigner.check();
  const checking = new AbortController();
  held.defer(() => checking.abort());
  // The launcher creates namespace and bucket after their servers have started: until then, their absence is no fault.
  if (env.STARTUP_STATUS_FILE === undefined) checkServices({ database, client, store }, checking.signal).catch(fail);
  const api = createApi({
    database,
    replica,
    listenUrl: withPassword(env.DATABASE_LISTEN_URL ?? env.DATABASE_URL, env.DATABASE_PASSWORD_FILE),
    workflows: createGenerationWorkflows({ client, queues, operatorUrl: env.TEMPORAL_UI_URL }),
    removal: createObjectRemoval({ client, queues }),
    reconciler: createReconciler({ client, queues }),
    replicateWebhookSecret: env.REPLICATE_WEBHOOK_SECRET,
    secretBox: readSecretBox(env.SECRETS_KEY_FILE),
    contentSigner,
    falWebhook:
      env.FAL_WEBHOOK_USER_ID === undefined
        ? undefined
        : { userId: env.FAL_WEBHOOK_USER_ID, keysUrl: env.FAL_JWKS_URL },
    webhooksAllowPrivate: env.WEBHOOKS_ALLOW_PRIVATE,
    startupStatusFile: env.STARTUP_STATUS_FILE,
    store,
    verify: createTokenVerifier(tokenRules(env, demoTokens), (reason) => log.info({ reason }, 'a token was refused')),
    demoTokens,
    oidc: oidcClient(env),
    // Those whose keys are set here as they are for the workers.
    providers: env.PROVIDERS ?? PROVIDERS.filter((name) => isConfigured(name, env)),
    budgets: budgetsOf(env),
    prices: DEFAULT_PRICES,
    starterLimits: { network: env.STARTER_GRANTS_PER_NETWORK, device: env.STARTER_GRANTS_PER_DEVICE },
    requestsPerMinute: env.RATE_LIMIT_PER_MINUTE,
    uploadsPerMinute: env.UPLOAD_LIMIT_PER_MINUTE,
    webOrigin: env.WEB_URL && new URL(env.WEB_URL).origin,
    trustedProxies: env.TRUSTED_PROXIES,
    allowedHosts: demoHosts(env),
    log,
  });
  held.defer(() => api.close());
  const internal = createDrainingServer(CLIENT_LIMITS, api.internalApp);
  const external = createDrainingServer(CLIENT_LIMITS, api.app);
  const internalAddress = await listen(internal.server, { host: env.INTERNAL_HOST, port: env.INTERNAL_PORT });
  held.defer(() => void internal.server.close());
  const address = await listen(external.server, { host: env.API_HOST, port: env.API_PORT });
  log.info({ address, internalAddress }, 'the API is listening');
  held.defer(async () => {
    log.info('shutting down');
    const cut = await Promise.all(
      [external, internal].map(({ drain }) =>
        drain({ drainMs: env.DRAIN_MS, finishMs: FINISH_TIMEOUT_MS, onDrain: api.drain }),
      ),
    );
    const connections = cut.reduce((sum, each) => sum + each, 0);
    if (connections > 0) log.warn({ connections }, 'requests took too long and were aborted');
  });
  return {
    stopTimeoutMs: env.DRAIN_MS + FINISH_TIMEOUT_MS + CLOSE_TIMEOUT_MS,
    logFailure: (error) => log.fatal({ err: error }, 'the API failed'),
  };
}

await runProcess('The API', start);
