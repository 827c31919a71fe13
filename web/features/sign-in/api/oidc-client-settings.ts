import type { UserManagerSettings } from 'oidc-client-ts';
import type { SignInOptions } from '#contract/profile.ts';

export type OidcSettings = NonNullable<SignInOptions['oidc']>;

/** Timeout of a request to the provider, s. */
const REQUEST_TIMEOUT_S = 10;
/** Timeout of the hidden frame, s: it responds in under a second or never. */
const FRAME_TIMEOUT_S = 6;

/** Settings of the OIDC client. The redirect URIs must be registered with the provider. */
export function oidcClientSettings(settings: OidcSettings, origin: string): UserManagerSettings {
  const { issuer, clientId, scope, audienceParameter } = settings;
  const audience = audienceParameter && { [audienceParameter.name]: audienceParameter.value };
  return {
    authority: issuer,
    client_id: clientId,
    scope,
    redirect_uri: `${origin}/sign-in/callback`,
    silent_redirect_uri: `${origin}/signed-in.html`,
    popup_redirect_uri: `${origin}/signed-in.html`,
    post_logout_redirect_uri: `${origin}/signed-out`,
    ...(audience && { extraQueryParams: audience, extraTokenParams: audience }),
    automaticSilentRenew: false,
    requestTimeoutInSeconds: REQUEST_TIMEOUT_S,
    silentRequestTimeoutInSeconds: FRAME_TIMEOUT_S,
  };
}
