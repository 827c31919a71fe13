import type { ServiceVariables } from './descriptor.ts';
import { DESCRIPTORS, isRemote, PROVIDERS, serviceOf, type ProviderName, type RemoteProviderName } from './provider.ts';

type VariablesOf<Name extends RemoteProviderName> = (typeof DESCRIPTORS)[Name]['service']['variables'];
type AddressesOf<Name extends RemoteProviderName> = VariablesOf<Name>['addresses'];
type WebhookOf<Name extends RemoteProviderName> = Exclude<VariablesOf<Name>['webhook'], null>;

export type KeyVariable = VariablesOf<RemoteProviderName>['key'];
export type BudgetVariable = VariablesOf<RemoteProviderName>['budget'];
export type AddressVariable = {
  [Name in RemoteProviderName]: AddressesOf<Name>[keyof AddressesOf<Name>];
}[RemoteProviderName];
export type WebhookUrlVariable = WebhookOf<RemoteProviderName>['url'];
export type WebhookSecretVariable = Extract<WebhookOf<RemoteProviderName>, { secret: string }>['secret'];
export type WebhookAccountVariable = Extract<WebhookOf<RemoteProviderName>, { account: string }>['account'];
export type WebhookKeysVariable = Extract<WebhookOf<RemoteProviderName>, { keys: string }>['keys'];

const ALL: readonly ServiceVariables[] = PROVIDERS.flatMap((name) => serviceOf(name)?.variables ?? []);
const WEBHOOKS = ALL.flatMap(({ webhook }) => webhook ?? []);

export const KEY_VARIABLES = ALL.map(({ key }) => key) as KeyVariable[];
export const BUDGET_VARIABLES = ALL.map(({ budget }) => budget) as BudgetVariable[];
export const ADDRESS_VARIABLES = ALL.flatMap(({ addresses }) => Object.values(addresses)) as AddressVariable[];
export const WEBHOOK_URL_VARIABLES = WEBHOOKS.map(({ url }) => url) as WebhookUrlVariable[];
const WITH_SECRET = WEBHOOKS.filter((webhook) => 'secret' in webhook);
const WITH_KEYS = WEBHOOKS.filter((webhook) => 'keys' in webhook);
export const WEBHOOK_SECRET_VARIABLES = WITH_SECRET.map(({ secret }) => secret) as WebhookSecretVariable[];
export const WEBHOOK_ACCOUNT_VARIABLES = WITH_KEYS.map(({ account }) => account) as WebhookAccountVariable[];
export const WEBHOOK_KEYS_VARIABLES = WITH_KEYS.map(({ keys }) => keys) as WebhookKeysVariable[];
export const PROVIDER_VARIABLES: readonly string[] = [
  ...KEY_VARIABLES,
  ...BUDGET_VARIABLES,
  ...ADDRESS_VARIABLES,
  ...WEBHOOK_URL_VARIABLES,
  ...WEBHOOK_SECRET_VARIABLES,
  ...WEBHOOK_ACCOUNT_VARIABLES,
  ...WEBHOOK_KEYS_VARIABLES,
];
/** Any other variable that begins with one of them is a misspelled one. */
export const PROVIDER_PREFIXES = ALL.map(({ prefix }) => prefix);

type Environment<Name extends string> = { readonly [Variable in Name]?: string | undefined };
export type ProviderEnvironment = Environment<KeyVariable | AddressVariable | WebhookUrlVariable>;

/** What an adapter is created with. The options of a service's addresses have the descriptor's names. */
export type ProviderSettings = {
  [Name in ProviderName]: Name extends RemoteProviderName
    ? { readonly key: string; readonly webhookUrl?: string | undefined } & {
        readonly [Option in keyof AddressesOf<Name>]?: string | undefined;
      }
    : object;
};

/** Whether the provider's key is set. A built-in provider needs none. */
export function isConfigured(provider: ProviderName, env: Environment<KeyVariable>): boolean {
  return !isRemote(provider) || valueOf(env, serviceOf(provider)?.variables.key) !== undefined;
}

/** @returns undefined for a provider without its key */
export function settingsOf<Name extends ProviderName>(
  provider: Name,
  env: ProviderEnvironment,
): ProviderSettings[Name] | undefined {
  if (!isConfigured(provider, env)) return undefined;
  const service = serviceOf(provider);
  if (service === null) return {} as ProviderSettings[Name];
  const { key, addresses, webhook } = service.variables;
  const options = Object.entries(addresses).map(([option, variable]) => [option, valueOf(env, variable)]);
  return {
    ...Object.fromEntries(options),
    key: valueOf(env, key),
    webhookUrl: valueOf(env, webhook?.url),
  } as ProviderSettings[Name];
}

function valueOf(env: ProviderEnvironment, variable: string | undefined): string | undefined {
  return env[variable as keyof ProviderEnvironment];
}
