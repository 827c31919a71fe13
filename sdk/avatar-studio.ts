import { createUserAvatars, type Avatars } from './avatars.ts';
import { followEvents, type StudioEvent } from './event-stream.ts';
import { createGenerations, USER_COMMANDS, type Generations } from './generations.ts';
import type { CallOptions, ClientOptions } from './options.ts';
import { createReads, type CreditReads, type Presets, type Projects, type ReadProfile } from './reads.ts';
import { createTransport, type Transport } from './transport.ts';

/** Client for one user: the subject of the token. */
export class AvatarStudio {
  readonly avatars: Avatars;
  readonly generations: Generations;
  readonly projects: Projects;
  readonly presets: Presets;
  readonly credits: CreditReads;
  readonly profile: ReadProfile;
  readonly #transport: Transport;

  constructor(options: ClientOptions) {
    const transport = createTransport(options);
    const { projects, presets, credits, profile } = createReads(transport);
    this.#transport = transport;
    this.avatars = createUserAvatars(transport);
    this.generations = createGenerations(transport, USER_COMMANDS);
    this.projects = projects;
    this.presets = presets;
    this.credits = credits;
    this.profile = profile;
  }

  /** All events of the user, until the loop ends or the signal aborts; reconnects after each interruption. */
  events({ signal }: CallOptions = {}): AsyncGenerator<StudioEvent> {
    return followEvents(this.#transport, '/api/v1/events', signal);
  }
}
