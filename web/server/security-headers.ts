import helmet from 'helmet';
import type { RequestHandler } from 'express';

/** Where an identity provider redirects the page's hidden frame or pop-up; the page frames it. */
const SIGNED_IN_PATH = '/signed-in.html';

export interface SecurityHeadersDeps {
  /** Origins of signed image URLs. */
  readonly imageOrigins: readonly string[];
  /** Origins of the identity provider, which the page requests tokens from and opens in a hidden frame; empty for demo users. */
  readonly signInOrigins: readonly string[];
}

/**
 * Content security policy of the page: its own script and style files, its own API, images from their origins. Nothing inline, and
 * no other site may frame it.
 */
export function securityHeaders({ imageOrigins, signInOrigins }: SecurityHeadersDeps): RequestHandler {
  const common = {
    // The images' origins send no CORP header.
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    // TLS terminates before this server, and HSTS would break a demo on http://localhost for a year.
    strictTransportSecurity: false,
  } as const;
  const hasIdentityProvider = signInOrigins.length > 0;
  const page = helmet({
    ...common,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", ...signInOrigins],
        ...(hasIdentityProvider && { frameSrc: ["'self'", ...signInOrigins] }),
        // data: the blurred placeholders, drawn in the page.
        imgSrc: ["'self'", 'data:', 'blob:', ...imageOrigins],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    // The pop-up in which a user signs in again must be able to reach the page.
    crossOriginOpenerPolicy: { policy: hasIdentityProvider ? 'same-origin-allow-popups' : 'same-origin' },
  });
  const signedIn = helmet({
    ...common,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'self'"],
      },
    },
    crossOriginOpenerPolicy: { policy: 'unsafe-none' },
  });
  return (request, response, next) => (request.path === SIGNED_IN_PATH ? signedIn : page)(request, response, next);
}
