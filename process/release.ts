import manifest from '../package.json' with { type: 'json' };

/** The release of this checkout. */
export const RELEASE: string = manifest.version;
