/** A user's own programs authenticate with API keys. Secret scanners find them by this pattern. */
export const API_KEY_PREFIX = 'avs_';
/** The prefix, 32 random characters and a checksum of 6, all letters and digits. */
export const API_KEY_PATTERN = '^avs_[0-9A-Za-z]{38}$';

/** Shown in lists, so that a user recognizes a key. */
export const API_KEY_START_LENGTH = 8;

export const API_KEYS_MAX = 20;
/** Every key expires, after a year at most. */
export const API_KEY_DAYS_MAX = 365;
/** After a rotation, the previous key works for this long, so that programs can be changed one after the other. */
export const ROTATED_KEY_HOURS = 24;
