/** Days for which an avatar in the trash can be restored. After that it is deleted permanently, images included. */
export const TRASH_DAYS = 30;
