import { z } from 'zod';

/** X-Device-Id: a random id that the page keeps in the browser's storage. */
export const deviceId = z.string().regex(/^[\w-]{16,64}$/);
