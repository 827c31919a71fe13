/** How long an avatar in the trash can be had back, days. After that it is deleted for good, pictures included. */
export const TRASH_DAYS = 30;
