import { DEMO_USERS, type Role } from '#contract/profile.ts';

type DemoUser = (typeof DEMO_USERS)[number];

interface DemoAccount {
  readonly sub: string;
  readonly name: string;
  readonly tier: 'free' | 'pro';
  readonly role: Role;
}

/** The embedded stack's demo users; the seed gives the same subjects their credits. */
export const DEMO_ACCOUNTS: Readonly<Record<DemoUser, DemoAccount>> = {
  alice: { sub: 'demo|alice', name: 'Alice', tier: 'free', role: 'user' },
  bob: { sub: 'demo|bob', name: 'Bob', tier: 'pro', role: 'user' },
  admin: { sub: 'demo|admin', name: 'Admin', tier: 'pro', role: 'admin' },
};
