import type { ContentSigner } from './content-credentials/content-signer.ts';
import type { ImageStore } from '#activities/storage/port.ts';
import type { SignInOptions } from '#contract/profile.ts';
import type { StarterLimits } from '#domain/account/starter-credits.ts';
import type { Prices } from '#domain/generation/pricing.ts';
import type { Budgets } from '#domain/provider/budget.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';
import type { FeatureSwitches } from '#drizzle/stores/feature-switches.ts';
import type { ReadProviderHealth } from '#drizzle/stores/choice-inputs.ts';
import type { GenerationWorkflows } from '#temporal/client/generation-workflows.ts';
import type { ObjectRemoval } from '#temporal/client/object-removal.ts';
import type { Reconciler } from '#temporal/client/reconciler.ts';
import type { SecretBox } from '#process/secret-box.ts';
import type { Archives } from './archive/archives.ts';
import type { Accounts } from './auth/accounts.ts';
import type { DemoTokens } from './auth/demo-tokens.ts';
import type { TokenVerifier } from './auth/token-verifier.ts';
import type { PresentAvatar } from './avatars/present.ts';
import type { EventHub } from './events/hub.ts';
import type { Forecast } from './forecast/read-forecast.ts';
import type { Outcomes } from './generations/outcomes.ts';
import type { LateAcceptances } from './generations/late-acceptances.ts';
import type { PresentGenerations } from './generations/present.ts';
import type { ApiMetrics } from './metrics.ts';
import type { RateLimits } from './middleware/rate-limit.ts';
import type { Gallery } from './presets/gallery.ts';
import type { QueueView } from './queue/queue-view.ts';
import type { ReadImage } from './uploads/read-image.ts';
import type { Logger } from 'pino';

interface FalWebhook {
  /** Of our account at fal, which its signature covers. */
  readonly userId: string;
  /** Of fal's public keys, if not fal's own address. */
  readonly keysUrl?: string | undefined;
}

export interface ApiDeps {
  readonly database: Database;
  /** A standby of the same database, for lists and analytics; undefined without one. */
  readonly replica: Database | undefined;
  /** The URL for LISTEN: direct to the server, not through a pooler. */
  readonly listenUrl: string;
  readonly workflows: GenerationWorkflows;
  readonly removal: ObjectRemoval;
  readonly store: ImageStore;
  readonly reconciler: Reconciler;
  /** Verifies Replicate's callbacks; undefined where Replicate can't reach this installation. */
  readonly replicateWebhookSecret?: string | undefined;
  /** Seals the secrets of webhooks. */
  readonly secretBox: SecretBox;
  /** Signs downloads of generated images. */
  readonly contentSigner: ContentSigner;
  /** Verifies fal's callbacks; undefined where fal can't reach this installation. */
  readonly falWebhook?: FalWebhook | undefined;
  /** Development only: allows webhooks to private addresses. */
  readonly webhooksAllowPrivate?: boolean | undefined;
  /** Progress of the launcher, where there is one. */
  readonly startupStatusFile?: string | undefined;
  readonly verify: TokenVerifier;
  /** Undefined where users sign in with an identity provider. */
  readonly demoTokens: DemoTokens | undefined;
  /** Null where demo users sign in. */
  readonly oidc: SignInOptions['oidc'];
  readonly providers: readonly ProviderName[];
  /** Unlimited when omitted. */
  readonly budgets?: Budgets | undefined;
  readonly prices: Prices;
  /** The defaults when omitted. */
  readonly starterLimits?: StarterLimits | undefined;
  readonly requestsPerMinute: number;
  readonly uploadsPerMinute: number;
  /** How many requests may create something at a time; tests set more. */
  readonly creatingSlots?: number | undefined;
  readonly webOrigin: string | undefined;
  readonly trustedProxies: readonly string[];
  /** Host names besides loopback's, for a demo; undefined: every one. */
  readonly allowedHosts?: readonly string[] | undefined;
  readonly log: Logger;
}

type SharedApiDeps = Pick<
  ApiDeps,
  | 'database'
  | 'removal'
  | 'workflows'
  | 'store'
  | 'providers'
  | 'prices'
  | 'demoTokens'
  | 'oidc'
  | 'reconciler'
  | 'replicateWebhookSecret'
  | 'secretBox'
  | 'contentSigner'
  | 'falWebhook'
  | 'webhooksAllowPrivate'
  | 'startupStatusFile'
>;

/** Everything the handlers share; each declares the part that it needs. */
export interface HandlersDeps extends SharedApiDeps {
  readonly queueView: QueueView;
  readonly readForecast: () => Promise<Forecast>;
  readonly present: PresentGenerations;
  readonly presentAvatar: PresentAvatar;
  readonly hub: EventHub;
  readonly metrics: ApiMetrics;
  readonly featureSwitches: FeatureSwitches;
  readonly readProviderHealth: ReadProviderHealth;
  readonly budgets: Budgets;
  readonly accounts: Accounts;
  readonly archives: Archives;
  readonly limitsLeft: RateLimits['left'];
  readonly countRequests: RateLimits['more'];
  readonly countVisitorReport: RateLimits['visitorReport'];
  readonly countSharedImage: RateLimits['sharedImage'];
  readonly gallery: Gallery;
  readonly outcomes: Outcomes;
  readonly lateAcceptances: LateAcceptances;
  /** Of uploads. */
  readonly readImage: ReadImage;
  /** Of stored images. */
  readonly convertImage: ReadImage;
}
