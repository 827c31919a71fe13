export const SECTIONS = ['postgres', 'temporal', 'storage', 'sign-in', 'providers', 'limits', 'addresses'] as const;
export type Section = (typeof SECTIONS)[number];

/** What the schemas can't say about a variable. Defaults, readers and what is always required are read from them. */
export interface Description {
  readonly purpose: string;
  /** What holds while it is not set, if the schemas have no default. */
  readonly unset?: string;
  /** When a process refuses to start without it, although it is optional. */
  readonly requiredIf?: string;
  /** Its value opens something: it belongs in a secret store, never in a file of the repository or in a log. */
  readonly secret?: true;
}

/** Every variable, in the sequence of docs/configuration.md. */
export const DESCRIPTIONS: Readonly<Record<Section, Readonly<Record<string, Description>>>> = {
  postgres: {
    DATABASE_URL: { purpose: "Postgres 18, in the process's role", unset: 'embedded', secret: true },
    DATABASE_API_URL: { purpose: "the same in the API's role, for `npm start`", unset: '`DATABASE_URL`', secret: true },
    DATABASE_WORKER_URL: { purpose: "the same in the workers' role", unset: '`DATABASE_URL`', secret: true },
    DATABASE_LISTEN_URL: { purpose: 'the same server, without a pooler', unset: '`DATABASE_URL`', secret: true },
    DATABASE_READ_URL: { purpose: 'a standby for lists and analytics', secret: true },
    DATABASE_POOL_SIZE: { purpose: 'connections of one process' },
    DATABASE_OWNER_URL: { purpose: "the owner's role, for migrations", unset: '`DATABASE_URL`', secret: true },
    DATABASE_PASSWORD_FILE: { purpose: 'the password, for addresses that have none' },
    DATABASE_OWNER_PASSWORD_FILE: { purpose: 'the same for `DATABASE_OWNER_URL`' },
  },
  temporal: {
    TEMPORAL_ADDRESS: { purpose: "Temporal's own setting, or a profile", unset: 'embedded' },
    TEMPORAL_NAMESPACE: { purpose: "Temporal's own setting, or a profile", unset: '`default`' },
    TASK_QUEUE_SUFFIX: { purpose: "appended to the task queues' names" },
    TEMPORAL_UI_URL: { purpose: 'links for operators' },
    WORKFLOW_BUNDLE_DIR: { purpose: 'where bundled workflows are stored', unset: 'a cache' },
  },
  storage: {
    GCS_BUCKET: { purpose: 'the bucket', unset: 'emulator' },
    GCS_CLIENT_EMAIL: { purpose: 'the account that signs URLs', unset: "Google's credentials" },
    GCS_PRIVATE_KEY_FILE: {
      purpose: 'its private key',
      unset: "Google's credentials",
      requiredIf: 'with an account',
    },
    GCS_ENDPOINT: { purpose: "an emulator, instead of Google's" },
    GCS_PUBLIC_ENDPOINT: { purpose: 'its address for browsers' },
    IMAGE_ORIGIN: { purpose: "the images', for the page's CSP" },
    GOOGLE_APPLICATION_CREDENTIALS: { purpose: "Google's credentials for a bucket" },
    STORAGE_EMULATOR_HOST: { purpose: 'an emulator of yours', unset: 'embedded' },
  },
  'sign-in': {
    OIDC_ISSUER: { purpose: 'your [identity provider](sign-in.md)', requiredIf: 'without demo users' },
    OIDC_AUDIENCE: { purpose: 'the audience of tokens', requiredIf: 'with an issuer' },
    OIDC_CLIENT_ID: { purpose: "the page's public client" },
    OIDC_CLIENTS: { purpose: 'more clients whose users may sign in' },
    OIDC_TOKEN_MAX_AGE: { purpose: 'seconds after which a token is refused' },
    SERVICE_CLIENTS: { purpose: '[other products](sign-in.md#other-products)' },
    OIDC_SCOPE: { purpose: 'what the page requests' },
    OIDC_VERIFIED_CLAIM: { purpose: 'the claim that an address is verified' },
    OIDC_ADDRESS_CLAIM: { purpose: 'the claim with that address' },
    OIDC_AUDIENCE_PARAMETER: { purpose: 'its name: `audience` or `resource`', unset: 'not sent' },
    OIDC_ORIGINS: { purpose: "more origins of it, for the page's CSP" },
    DEMO_SIGN_IN: { purpose: '`on`: anybody may be a demo user' },
    AUTH_PRIVATE_KEY_FILE: { purpose: "signs demo users' tokens", unset: 'embedded', requiredIf: 'with demo users' },
    SECRETS_KEY_FILE: {
      purpose: '[seals secrets](#secrets) in the database',
      unset: 'embedded',
      requiredIf: 'in production',
    },
    NODE_ENV: { purpose: '`production`: no demo users, a key' },
    ALLOWED_HOSTS: { purpose: "host names of a demo besides loopback's" },
    PUBLISHED_ON: { purpose: "the machine's address of the containers" },
  },
  providers: {
    REPLICATE_API_TOKEN: { purpose: 'generate with FLUX on Replicate', unset: 'illustrator', secret: true },
    FAL_KEY: { purpose: 'generate with FLUX on fal', secret: true },
    HF_TOKEN: { purpose: 'generate on Hugging Face', secret: true },
    PROVIDERS: { purpose: "the workers' providers, if not by keys", unset: 'by keys' },
    PROVIDER_BUDGET_USD_DAY: { purpose: 'dollars a day (UTC), all paid providers', unset: 'no limit' },
    REPLICATE_BUDGET_USD_DAY: { purpose: 'the same for Replicate', unset: 'no limit' },
    FAL_BUDGET_USD_DAY: { purpose: 'the same for fal', unset: 'no limit' },
    HF_BUDGET_USD_DAY: { purpose: 'the same for Hugging Face', unset: 'no limit' },
    REPLICATE_WEBHOOK_URL: { purpose: 'where Replicate calls back', unset: 'polling' },
    REPLICATE_WEBHOOK_SECRET: { purpose: 'the secret with which it signs its calls', secret: true },
    FAL_WEBHOOK_URL: { purpose: 'where fal calls back', unset: 'polling' },
    FAL_WEBHOOK_USER_ID: { purpose: 'your user id at fal, part of its signature' },
    FAL_JWKS_URL: { purpose: "where fal's public keys are read", unset: "fal's" },
    REPLICATE_BASE_URL: { purpose: "another address, such as a fake's", unset: "Replicate's" },
    FAL_QUEUE_URL: { purpose: "the same for fal's queue", unset: "fal's" },
    FAL_API_URL: { purpose: "the same for fal's API", unset: "fal's" },
    HF_BASE_URL: { purpose: 'the same for Hugging Face', unset: 'theirs' },
    HF_HUB_URL: { purpose: "the same for Hugging Face's hub", unset: 'theirs' },
    IMAGE_CHECK: { purpose: 'check images: `on` or `off`' },
  },
  limits: {
    RATE_LIMIT_PER_MINUTE: { purpose: 'requests of a user, or of an address' },
    UPLOAD_LIMIT_PER_MINUTE: { purpose: 'uploads of a user, and as many inspections' },
    STARTER_GRANTS_PER_NETWORK: { purpose: 'starter credits a day for one network' },
    STARTER_GRANTS_PER_DEVICE: { purpose: 'starter credits in 30 days for one device' },
    TRUSTED_PROXIES: { purpose: 'proxies whose `X-Forwarded-For` is trusted' },
    GENERATE_SLOTS: { purpose: 'images generated at once by one process' },
    PUBLISH_SLOTS: { purpose: 'images published at once by one process', unset: 'its cores' },
    GENERATION_TIMEOUT_MS: { purpose: 'then the next provider is tried' },
    HEARTBEAT_TIMEOUT_MS: { purpose: 'how soon a dead worker is noticed' },
    DEADLINE_MS: { purpose: "overrides every tier's deadline", unset: 'by tier' },
    RECONCILE_AFTER_MS: { purpose: 'how old an untouched row must be' },
    RECONCILE_SETTLE_MAX: { purpose: 'lost generations settled in one round' },
    MEMORY_LIMIT_MB: { purpose: 'then the worker drains and exits', unset: 'no limit' },
    DRAIN_MS: { purpose: 'how long it listens after SIGTERM' },
  },
  addresses: {
    API_PORT: { purpose: 'where the API listens' },
    API_HOST: { purpose: 'where the API listens' },
    INTERNAL_PORT: { purpose: 'for other services, and Prometheus' },
    INTERNAL_HOST: { purpose: 'for other services, and Prometheus' },
    API_URL: { purpose: "where the page's server finds the API" },
    WEB_PORT: { purpose: "where the page's server listens" },
    WEB_HOST: { purpose: "where the page's server listens" },
    WEB_URL: { purpose: "the page's origin", unset: 'by the port' },
    METRICS_PORT: { purpose: "the worker's metrics and health" },
    METRICS_HOST: { purpose: "the worker's metrics and health" },
    WEBHOOKS_ALLOW_PRIVATE: { purpose: 'development: webhooks may be local' },
    LOG_LEVEL: { purpose: '`debug` to `silent`' },
    AVATAR_STUDIO_VERSION: { purpose: 'the release, in every log entry' },
    DATA_DIR: { purpose: 'data, keys and logs of the embedded stack', unset: '`.data`' },
    POSTGRES_PORT: { purpose: 'the embedded Postgres' },
    TEMPORAL_PORT: { purpose: 'the embedded Temporal server' },
    TEMPORAL_UI_PORT: { purpose: 'its UI' },
    GCS_PORT: { purpose: 'the embedded storage emulator' },
    STACK_DOWNLOADS: { purpose: '`off`: no [downloads](first-start.md)' },
    STARTUP_STATUS_FILE: { purpose: "the launcher's progress; set by it" },
  },
};
