import { PROVIDERS, serviceOf, type ProviderName } from './provider.ts';
import type { BudgetVariable } from './provider-variables.ts';

/** Daily budgets for paid providers, US dollars per UTC day; undefined: unlimited. */
export interface Budgets {
  readonly totalUsd?: number | undefined;
  readonly perProvider?: Readonly<Record<ProviderName, number | undefined>> | undefined;
}

/** Cost of today's attempts by provider, with estimates for open ones. Providers without cost are omitted. */
export type Spending = Partial<Record<ProviderName, number>>;

export interface RemainingBudget {
  /** Infinity without a budget. */
  readonly leftUsd: number;
  /** Most of it is spent: cheaper providers rank first. */
  readonly nearing: boolean;
  /** 0 to 1, more when overspent; 0 without a budget. */
  readonly spentShare: number;
}

/** From this share on cheaper providers rank first, so that the last fifth of the budget lasts for several times as many images. */
const NEARING_SHARE = 0.8;

/** A provider's remaining budget today: the overall one or its own, whichever is smaller. */
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
export type BudgetSettings = { readonly [Variable in BudgetVariable | 'PROVIDER_BUDGET_USD_DAY']?: number | undefined };

export function budgetsOf(settings: BudgetSettings): Budgets {
  const own = PROVIDERS.map((name) => {
    const variable = serviceOf(name)?.variables.budget as BudgetVariable | undefined;
    return [name, variable && settings[variable]] as const;
  });
  const perProvider = Object.fromEntries(own) as Record<ProviderName, number | undefined>;
  return { totalUsd: settings.PROVIDER_BUDGET_USD_DAY, perProvider };
}
