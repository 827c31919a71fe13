import type { Avatar, CreateGeneration, Generation, GenerationDetail, GenerationFilter } from './contract-types.ts';
import { ConflictError, GenerationFailedError } from './errors.ts';
import { followEvents } from './event-stream.ts';
import type { CallOptions, CreateOptions } from './options.ts';
import { createList, type List, type ListOptions } from './pages.ts';
import type { RequestInput, Transport } from './transport.ts';

const BASE = '/api/v1/generations';
const FINAL: ReadonlySet<Generation['status']> = new Set(['completed', 'failed', 'cancelled']);

export type Priority = 1 | 2 | 3 | 4 | 5;

/** A completed generation, with its avatar. */
export type CompletedGeneration = Generation & { readonly status: 'completed'; readonly avatar: Avatar };

export interface WaitOptions extends CallOptions {
  /** Called with each new state, including the final one. */
  readonly onProgress?: (generation: Generation) => void;
}

export interface Generations {
  /** Creates a generation. @throws InsufficientCreditsError, LimitError, RejectedContentError, NotFoundError (the project) … */
  create(projectId: string, input: CreateGeneration, options?: CreateOptions): Promise<Generation>;
  /** Reads a generation with its provider plan. */
  get(id: string, options?: CallOptions): Promise<GenerationDetail>;
  list(filter?: GenerationFilter, options?: ListOptions): List<Generation>;
  /** Every new state until the final one, over server-sent events; reconnects after each interruption. */
  watch(id: string, options?: CallOptions): AsyncGenerator<Generation>;
  /**
   * Waits until it is completed, without polling. Pass a signal (AbortSignal.timeout) to limit the wait; the generation continues.
   * @throws GenerationFailedError when it failed, was cancelled, or was refused after it had been accepted
   */
  wait(id: string, options?: WaitOptions): Promise<CompletedGeneration>;
  /** Cancels it and returns the credits. @throws ConflictError once it is final */
  cancel(id: string, options?: CallOptions & { readonly reason?: string | undefined }): Promise<Generation>;
  /**
   * Retries a failed or cancelled generation as a new one, once at a time: while an earlier retry is unfinished, and once it has
   * completed, that is returned. @throws ConflictError while the generation is unfinished; as `create`
   */
  retry(id: string, options?: CreateOptions): Promise<Generation>;
  /** Sets the priority; 1 is first. Services and admins raise and lower it, users only lower it. @throws ForbiddenError, ConflictError */
  setPriority(id: string, priority: Priority, options?: CallOptions): Promise<Generation>;
}

/** Paths and operations that differ between users and services. */
export interface GenerationCommands {
  create(projectId: string, input: CreateGeneration): Pick<RequestInput, 'path' | 'body'>;
  cancel(id: string, reason: string | undefined): Pick<RequestInput, 'path' | 'body'>;
  setPriority(id: string, priority: Priority): Pick<RequestInput, 'path' | 'body'>;
}

export const USER_COMMANDS: GenerationCommands = {
  create: (projectId, input) => ({
    path: `/api/v1/projects/${encodeURIComponent(projectId)}/generations`,
    body: input,
  }),
  cancel: (id, reason) => ({ path: `${pathOf(id)}/cancel`, body: { ...(reason !== undefined && { reason }) } }),
  setPriority: (id, priority) => ({ path: `${pathOf(id)}/priority`, body: { priority } }),
};

export function createGenerations(transport: Transport, commands: GenerationCommands): Generations {
  const get: Generations['get'] = (id, { signal } = {}) => transport.json({ method: 'GET', path: pathOf(id), signal });

  async function* watch(id: string, { signal }: CallOptions = {}): AsyncGenerator<Generation> {
    let version = -1;
    for await (const event of followEvents(transport, `${pathOf(id)}/events`, signal)) {
      const changed =
        event.name === 'generation' ? [event.data] : event.name === 'snapshot' ? event.data.generations : [];
      for (const state of changed) {
        if (state.id !== id || state.version <= version) continue;
        version = state.version;
        yield state;
        if (hasEnded(state)) return;
      }
    }
  }

  return {
    get,
    watch,
    create: (projectId, input, { idempotencyKey = crypto.randomUUID(), signal } = {}) =>
      transport.json({ method: 'POST', ...commands.create(projectId, input), idempotencyKey, signal }),
    list: (filter = {}, options = {}) => createList(transport, BASE, filter, options),
    async wait(id, { signal, onProgress } = {}) {
      for await (const state of watch(id, { signal })) {
        onProgress?.(state);
        if (isCompleted(state)) return state;
        if (hasEnded(state)) throw new GenerationFailedError(state);
      }
      throw new Error('The stream ended before a final state');
    },
    async cancel(id, { reason, signal } = {}) {
      const call: RequestInput = { method: 'POST', ...commands.cancel(id, reason), repeatable: true, signal };
      try {
        return await transport.json<Generation>(call);
      } catch (error) {
        // An earlier attempt may have succeeded although its response was lost.
        const state = error instanceof ConflictError ? await get(id, { signal }) : undefined;
        if (state?.status === 'cancelled') return state;
        throw error;
      }
    },
    retry: (id, { idempotencyKey = crypto.randomUUID(), signal } = {}) =>
      transport.json({ method: 'POST', path: `${pathOf(id)}/retry`, idempotencyKey, signal }),
    setPriority: (id, priority, { signal } = {}) =>
      transport.json({ method: 'POST', ...commands.setPriority(id, priority), repeatable: true, signal }),
  };
}

function pathOf(id: string): string {
  return `${BASE}/${encodeURIComponent(id)}`;
}

function isCompleted(state: Generation): state is CompletedGeneration {
  return state.status === 'completed' && state.avatar !== null;
}

/** Final, or refused after it had been accepted: then nothing is held, and no further state follows. */
function hasEnded({ status, refusal }: Generation): boolean {
  return FINAL.has(status) || (status === 'requested' && refusal !== null);
}
