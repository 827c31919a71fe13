import { z } from 'zod';

const proxy = z
  .union([z.enum(['loopback', 'linklocal', 'uniquelocal']), z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
    error: 'must be an address, a network (10.0.0.0/8), loopback, linklocal or uniquelocal',
  })
  .refine((name) => !name.endsWith('/0'), { error: 'must not contain every address' });

/** `TRUSTED_PROXIES`: addresses whose X-Forwarded-For is trusted, separated by commas. */
export const trustedProxies = z
  .string()
  .transform((list) => list.split(',').map((name) => name.trim()))
  .pipe(z.array(proxy));
