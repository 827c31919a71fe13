/** Maximum presets per account. Each list reads all of them, so the number is limited. */
export const OWN_PRESETS_MAX = 100;

/** The category of a preset that was saved without one. */
export const OWN_PRESET_CATEGORY = 'My presets';
