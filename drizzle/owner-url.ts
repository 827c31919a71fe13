import { z } from 'zod';

/** @throws Error that names the variable */
export function readOwnerUrl(env: NodeJS.ProcessEnv): string {
  const { success, data } = z.url().safeParse(env.DATABASE_OWNER_URL);
  if (!success) throw new Error('DATABASE_OWNER_URL: set it to the address of the role that owns the tables');
  return data;
}
