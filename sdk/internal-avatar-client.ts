import { createServiceAvatars, type Avatars } from './avatars.ts';
import { followEvents, type StudioEvent } from './event-stream.ts';
import { createGenerations, type GenerationCommands, type Generations } from './generations.ts';
import type { CallOptions, ClientOptions } from './options.ts';
import { createReads, type CreditReads, type Presets, type Projects } from './reads.ts';
import { createTransport } from './transport.ts';

const BASE = '/internal/v1/generations';

/** Client for a service that acts for one user: with the user's avatars, credits and limits. */
export interface OnBehalfOfUser {
  readonly avatars: Avatars;
  readonly generations: Generations;
  readonly projects: Projects;
  readonly presets: Presets;
  readonly credits: CreditReads;
  /** All events of the user. */
  events(options?: CallOptions): AsyncGenerator<StudioEvent>;
}

/** Client for other services of the platform, with a service token. The token's scopes define what it can do. */
export class InternalAvatarClient {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /**
   * Returns the client for one user; every call needs one.
   * @param subject the user's `sub`, as in the user's own tokens
   */
  onBehalfOf(subject: string): OnBehalfOfUser {
    const transport = createTransport(this.#options, { 'X-On-Behalf-Of': subject });
    const { projects, presets, credits } = createReads(transport);
    return {
      avatars: createServiceAvatars(transport),
      generations: createGenerations(transport, SERVICE_COMMANDS),
      projects,
      presets,
      credits,
      events: ({ signal } = {}) => followEvents(transport, '/api/v1/events', signal),
    };
  }
}

const SERVICE_COMMANDS: GenerationCommands = {
  create: (projectId, input) => ({ path: BASE, body: { ...input, projectId } }),
  cancel: (id, reason) => signalTo(id, { type: 'cancel', ...(reason !== undefined && { reason }) }),
  setPriority: (id, priority) => signalTo(id, { type: 'setPriority', priority }),
};

function signalTo(id: string, body: Readonly<Record<string, unknown>>) {
  return { path: `${BASE}/${encodeURIComponent(id)}/signal`, body };
}
