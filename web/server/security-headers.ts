import helmet from 'helmet';
import type { RequestHandler } from 'express';

/** Where an identity provider sends a hidden frame or a small window of ours; the page itself frames it. */
const SIGNED_IN_PATH = '/signed-in.html';

export interface SecurityHeadersDeps {
  /** Where signed image addresses point to. */
  readonly imageOrigin: string;
  /** Of the identity provider, which the page asks for tokens and opens in a hidden frame; none where demo users sign in. */
  readonly signInOrigins: readonly string[];
}

/**
 * What a page of ours may do: our own scripts and styles from files, our own API, images from the store. Nothing inline,
 * nobody else may frame it.
 */
export function securityHeaders({ imageOrigin, signInOrigins }: SecurityHeadersDeps): RequestHandler {
  const common = {
    // Images come from another origin that sends no CORP header.
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    // TLS ends before this server, and a demo on http://localhost must not be told to use https for a year.
    strictTransportSecurity: false,
  } as const;
  const elsewhere = signInOrigins.length > 0;
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
        ...(elsewhere && { frameSrc: ["'self'", ...signInOrigins] }),
        // data: the blurred placeholders, drawn in the page.
        imgSrc: ["'self'", 'data:', 'blob:', imageOrigin],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    // A window in which somebody signs in again must find its way back to the page.
    crossOriginOpenerPolicy: { policy: elsewhere ? 'same-origin-allow-popups' : 'same-origin' },
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
