/** Presets of one's own. Enough for a cast of characters; each list reads them all, so they are few. */
export const OWN_PRESETS_MAX = 100;

/** The category of a preset that was saved without one. */
export const OWN_PRESET_CATEGORY = 'My presets';
