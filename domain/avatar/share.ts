/** How long a link to an avatar works, in days: every link ends. */
export const SHARE_DAYS = [1, 7, 30] as const;
export type ShareDays = (typeof SHARE_DAYS)[number];

/** Links to one avatar that have neither expired nor been revoked. */
export const SHARES_MAX = 5;

/** Begins every token, so that logs and secret scanners find it. */
export const SHARE_TOKEN_PREFIX = 'shr_';
/** The page that a link opens; the token follows. */
export const SHARED_PAGE_PATH = '/s/';
