import type { UserManagerSettings } from 'oidc-client-ts';
import type { SignInOptions } from '#contract/profile.ts';

export type OidcSettings = NonNullable<SignInOptions['oidc']>;

/** Each request to the provider, s. */
const REQUEST_TIMEOUT_S = 10;
/** A hidden frame is answered in well under a second, or never, s. */
const FRAME_TIMEOUT_S = 6;

/** As whom and for what the page asks, and where the provider may send people: these addresses are registered there. */
export function managerSettings(settings: OidcSettings, origin: string): UserManagerSettings {
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
