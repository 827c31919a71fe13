import type { ProviderName } from './provider.ts';

/** US dollars a day (UTC) for paid providers; undefined: no bound. */
export interface Budgets {
  readonly totalUsd?: number | undefined;
  readonly perProvider?: Partial<Record<ProviderName, number>> | undefined;
}

/** What today's attempts cost so far, those under way with their estimate. Who spent nothing is left out. */
export type Spending = Partial<Record<ProviderName, number>>;

export interface RemainingBudget {
  /** Infinite where there is no bound. */
  readonly leftUsd: number;
  /** Most of it is gone: cheaper providers first. */
  readonly nearing: boolean;
  /** 0 to 1 and beyond; 0 where there is no bound. */
  readonly spentShare: number;
}

/** From this share on traffic moves to cheaper providers: a fifth of a day's money then lasts for several times as many images. */
const NEARING_SHARE = 0.8;

/** What is left for a provider today: of all providers' budget or of its own, whichever is tighter. */
export function remainingBudgetOf(provider: ProviderName, budgets: Budgets, spending: Spending): RemainingBudget {
  const all = Object.values(spending).reduce((sum, usd) => sum + usd, 0);
  const bounds = [
    { limit: budgets.totalUsd, spent: all },
    { limit: budgets.perProvider?.[provider], spent: spending[provider] ?? 0 },
  ];
  const known = bounds.flatMap(({ limit, spent }) => (limit === undefined ? [] : [{ limit, spent }]));
  const spentShare = Math.max(0, ...known.map(({ limit, spent }) => (limit === 0 ? 1 : spent / limit)));
  return {
    leftUsd: Math.min(...known.map(({ limit, spent }) => limit - spent), Number.POSITIVE_INFINITY),
    nearing: spentShare >= NEARING_SHARE,
    spentShare,
  };
}

/** The variables that API and worker read, US dollars. */
export interface BudgetSettings {
  readonly PROVIDER_BUDGET_USD_DAY?: number | undefined;
  readonly REPLICATE_BUDGET_USD_DAY?: number | undefined;
  readonly FAL_BUDGET_USD_DAY?: number | undefined;
  readonly HF_BUDGET_USD_DAY?: number | undefined;
}

export function budgetsOf(settings: BudgetSettings): Budgets {
  const own = {
    replicate: settings.REPLICATE_BUDGET_USD_DAY,
    fal: settings.FAL_BUDGET_USD_DAY,
    huggingface: settings.HF_BUDGET_USD_DAY,
  };
  const perProvider = Object.fromEntries(Object.entries(own).filter(([, usd]) => usd !== undefined));
  return { totalUsd: settings.PROVIDER_BUDGET_USD_DAY, perProvider };
}
