import { z } from 'zod';

/** The connection of the role that owns the tables. @throws Error that names the variable when it is not a URL */
export function readOwnerUrl(env: NodeJS.ProcessEnv): string {
  const { success, data } = z.url().safeParse(env.DATABASE_OWNER_URL);
  if (!success) throw new Error('DATABASE_OWNER_URL: set it to the address of the role that owns the tables');
  return data;
}
