/** How long an avatar in the trash can be had back, days. After that it is deleted for good, images included. */
export const TRASH_DAYS = 30;
