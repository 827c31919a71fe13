import { z } from 'zod';
import { SCOPES } from '#contract/profile.ts';
import type { ServiceClients } from './token-verifier.ts';

/** One client: its id, and its scopes separated by spaces. */
const client = z
  .string()
  .regex(/^[^=,\s]+=/, 'must be written as client=scope scope')
  .transform((entry) => {
    const separator = entry.indexOf('=');
    return [
      entry.slice(0, separator),
      entry
        .slice(separator + 1)
        .split(/\s+/)
        .filter(Boolean),
    ] as const;
  })
  .pipe(z.tuple([z.string(), z.array(z.enum(SCOPES)).min(1, 'needs at least one scope')]));

/** `chat=avatars:read usage:write, payments=credits:write` */
export const serviceClients = z
  .string()
  .transform((list) => list.split(',').map((entry) => entry.trim()))
  .pipe(z.array(client))
  .transform((clients): ServiceClients => new Map(clients));
