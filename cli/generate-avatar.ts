import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Generation } from '#contract/generation.ts';
import { ROUTES } from '#contract/routes.ts';
import type { GenerateRequest } from './arguments.ts';
import { describeEnd, describeProgress } from './describe-progress.ts';
import { follow } from './follow.ts';
import { projectNamed, requestFor } from './prepare-request.ts';
import type { ProgressReporter } from './progress-reporter.ts';
import { checkWritable, saveImage } from './save-image.ts';
import type { StudioClient } from './studio-client.ts';
import { StudioRefusal } from './studio-errors.ts';

/** After Ctrl-C the end of the generation is awaited for this long, to tell what became of the credits. */
const CANCEL_WAIT_MS = 15_000;

export interface GenerateAvatarDeps {
  readonly client: StudioClient;
  readonly fetch: typeof globalThis.fetch;
  readonly progress: ProgressReporter;
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal;
}

/** How it ended, and the message that says so. */
export interface Outcome {
  readonly outcome: 'saved' | 'not-made' | 'cancelled';
  readonly message: string;
}

/**
 * Starts one avatar, shows its stages, and saves the image. Interrupted, it cancels the generation and says what
 * became of the credits; an image that was finished before is saved all the same, since it is paid.
 *
 * @param outPath absolute
 * @throws UsageError, StudioRefusal, StudioUnreachable
 */
export async function generateAvatar(
  deps: GenerateAvatarDeps,
  request: GenerateRequest,
  outPath: string,
  token?: string,
): Promise<Outcome> {
  const { client, progress } = deps;
  await checkWritable(outPath);
  progress.show('signing in');
  const signedIn = token ?? (await client.call(ROUTES.signInDemoUser, { body: { user: request.user } })).token;
  client.useToken(signedIn);
  const body = await requestFor(client, request);
  const projectId = await projectNamed(client, request.project);
  deps.interrupted.throwIfAborted();
  const started = await client.call(ROUTES.createGeneration, { id: projectId, body, idempotencyKey: randomUUID() });

  const last = await followToTheEnd(deps, started);
  progress.end();
  if (last.status !== 'completed' || last.avatar === null) {
    return { outcome: last.status === 'cancelled' ? 'cancelled' : 'not-made', message: describeEnd(last) };
  }
  if (last.avatar.imageUrl === null) {
    return { outcome: 'not-made', message: 'The image was made and is being looked at before it is shown.' };
  }
  const sizeBytes = await saveImage(deps.fetch, last.avatar.imageUrl, outPath);
  const { available } = await client.call(ROUTES.readCredits);
  const { width, height } = last.avatar;
  const facts = `${width} × ${height}, ${Math.ceil(sizeBytes / 1_000)} kB, seed ${last.seed ?? 'unknown'}`;
  return {
    outcome: 'saved',
    message: `Saved ${outPath} (${facts}). It cost ${last.price} credits, ${available} are left.`,
  };
}

async function followToTheEnd(deps: GenerateAvatarDeps, started: Generation): Promise<Generation> {
  const { client, progress, interrupted } = deps;
  const giveUp = new AbortController();
  const cancel = async (): Promise<void> => {
    progress.show('cancelling');
    await client.call(ROUTES.cancelGeneration, { id: started.id, body: {} }).catch((error: unknown) => {
      // Too late: it is final already, and the stream is about to say how.
      if (!(error instanceof StudioRefusal) || error.status !== 409) giveUp.abort(error);
    });
    await sleep(CANCEL_WAIT_MS, undefined, { ref: false, signal: giveUp.signal }).catch(() => undefined);
    giveUp.abort(new Error('The generation was asked to stop, but nobody has confirmed it yet.'));
  };
  const onInterrupt = (): void => void cancel();
  if (interrupted.aborted) onInterrupt();
  interrupted.addEventListener('abort', onInterrupt, { once: true });
  let last = started;
  try {
    for await (const state of follow(client, started, giveUp.signal)) {
      last = state;
      if (!interrupted.aborted) progress.show(describeProgress(state));
    }
    return last;
  } finally {
    interrupted.removeEventListener('abort', onInterrupt);
    giveUp.abort();
  }
}
