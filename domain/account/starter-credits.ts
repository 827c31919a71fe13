import type { Tier } from '../generation/tier.ts';

/** Credits that a new account starts with, once per user. */
export const STARTER_CREDITS: Readonly<Record<Tier, number>> = { free: 100, plus: 500, pro: 1000, service: 0 };

/** Reserved reference of this top-up in the ledger, unique per account. */
export const STARTER_REFERENCE = 'starter';

/** What accounts of one person have in common, unless their identity is verified. */
export const SIGNAL_KINDS = ['network', 'device'] as const;
type SignalKind = (typeof SIGNAL_KINDS)[number];

/** Why starter credits are withheld. `address`: the verified address has had them, with another account. */
export const WITHHELD_REASONS = [...SIGNAL_KINDS, 'address'] as const;
export type WithheldReason = (typeof WITHHELD_REASONS)[number];

const DAY_MS = 86_400_000;
/** A network serves other people the next day. A device has the same owner for longer, and its id is lost with the browser's storage. */
const WINDOW_MS: Readonly<Record<SignalKind, number>> = { network: DAY_MS, device: 30 * DAY_MS };

/** How long admins see which accounts share a network, ms. */
export const SIGNAL_RETENTION_MS = 30 * DAY_MS;

/** Grants in a window to accounts without a verified identity; 0: to verified ones only. */
export type StarterLimits = Readonly<Record<SignalKind, number>>;
/** A class or an office signs up from one network; a family shares a device. */
export const DEFAULT_STARTER_LIMITS: StarterLimits = { network: 10, device: 2 };

/** What is known about a sign-in. An unknown signal counts against nobody. */
export interface SignInSignals extends Readonly<Partial<Record<SignalKind, string | undefined>>> {
  readonly verified: boolean;
  /** The verified address; undefined when the token does not contain it. */
  readonly address?: string | undefined;
}

/** The signals with their limits, as `open_user_account` takes them. */
export function countedSignals({ verified, address, ...signals }: SignInSignals, limits: StarterLimits) {
  const counted = SIGNAL_KINDS.flatMap((kind) => {
    const value = signals[kind];
    return value === undefined ? [] : [{ kind, value, most: limits[kind], windowMs: WINDOW_MS[kind] }];
  });
  return { verified, address: address === undefined ? null : uniqueAddress(address), counted };
}

/** Starter credits that a user has not got yet. */
export interface Withheld {
  readonly reason: WithheldReason;
  /** The next request of the user from then on may grant them; null: only a verified identity. */
  readonly retryAt: Date | null;
}

/** Whether the next request may grant what is withheld. */
export function mayBeGranted({ retryAt }: Withheld, { verified }: Pick<SignInSignals, 'verified'>, now: Date): boolean {
  return verified || (retryAt !== null && retryAt <= now);
}

const DOTS_DO_NOT_COUNT = new Set(['gmail.com', 'googlemail.com']);

/** One spelling for all addresses that reach one mailbox: in lower case, without a `+tag`, and without dots where they do not count. */
export function uniqueAddress(address: string): string {
  const normalized = address.normalize('NFKC').trim().toLowerCase();
  const at = normalized.lastIndexOf('@');
  if (at < 1) return normalized;
  const domain = normalized.slice(at + 1);
  const [mailbox = ''] = normalized.slice(0, at).split('+');
  if (!DOTS_DO_NOT_COUNT.has(domain)) return `${mailbox}@${domain}`;
  return `${mailbox.replaceAll('.', '')}@gmail.com`;
}
