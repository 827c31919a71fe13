import type { CreateProject, Credits, Profile, Preset, PresetFilter, Project, Transfer } from './contract-types.ts';
import type { CallOptions, CreateOptions } from './options.ts';
import { createList, type List, type ListOptions } from './pages.ts';
import type { Transport } from './transport.ts';

export interface Projects {
  get(id: string, options?: CallOptions): Promise<Project>;
  list(options?: ListOptions): List<Project>;
  create(input: CreateProject, options?: CreateOptions): Promise<Project>;
}

export interface Presets {
  get(id: string, options?: CallOptions): Promise<Preset>;
  list(filter?: PresetFilter, options?: ListOptions): List<Preset>;
}

export interface CreditReads {
  balance(options?: CallOptions): Promise<Credits>;
  /** The statement, newest first. */
  transfers(options?: ListOptions): List<Transfer>;
}

/** The caller's profile: tier, defaults, limits and remaining requests. */
export type ReadProfile = (options?: CallOptions) => Promise<Profile>;

/** Reads that are the same for users and services. */
export function createReads(transport: Transport): {
  readonly projects: Projects;
  readonly presets: Presets;
  readonly credits: CreditReads;
  readonly profile: ReadProfile;
} {
  const get =
    (base: string) =>
    <Thing>(id: string, { signal }: CallOptions = {}) =>
      transport.json<Thing>({ method: 'GET', path: `${base}/${encodeURIComponent(id)}`, signal });
  return {
    projects: {
      get: get('/api/v1/projects'),
      list: (options = {}) => createList(transport, '/api/v1/projects', {}, options),
      create: (body, { idempotencyKey = crypto.randomUUID(), signal } = {}) =>
        transport.json({ method: 'POST', path: '/api/v1/projects', body, idempotencyKey, signal }),
    },
    presets: {
      get: get('/api/v1/presets'),
      list: (filter = {}, options = {}) => createList(transport, '/api/v1/presets', filter, options),
    },
    credits: {
      balance: ({ signal } = {}) => transport.json({ method: 'GET', path: '/api/v1/credits', signal }),
      transfers: (options = {}) => createList(transport, '/api/v1/credits/transfers', {}, options),
    },
    profile: ({ signal } = {}) => transport.json({ method: 'GET', path: '/api/v1/me', signal }),
  };
}
