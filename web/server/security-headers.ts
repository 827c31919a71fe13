import helmet from 'helmet';

/**
 * What a page of ours may do: our own scripts and styles from files, our own API, pictures from the store. Nothing inline,
 * nobody may frame it.
 *
 * @param imageOrigin where signed picture addresses point to
 */
export function securityHeaders(imageOrigin: string) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        // data: the blurred placeholders, drawn in the page.
        imgSrc: ["'self'", 'data:', 'blob:', imageOrigin],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    // Pictures come from another origin that sends no CORP header.
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    // TLS ends before this server, and a demo on http://localhost must not be told to use https for a year.
    strictTransportSecurity: false,
  });
}
