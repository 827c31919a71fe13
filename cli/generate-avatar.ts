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

/** After Ctrl-C, how long to wait for the generation to end, to report what happened to the credits. */
const CANCEL_WAIT_MS = 15_000;

export interface GenerateAvatarDeps {
  readonly client: StudioClient;
  readonly fetch: typeof globalThis.fetch;
  readonly progress: ProgressReporter;
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal;
}

/** How the command ended, and the message to print. */
export interface Outcome {
  readonly outcome: 'saved' | 'no-image' | 'cancelled';
  readonly message: string;
}

/**
 * Starts one generation, shows its stages, and saves the image. When interrupted, it cancels the generation and reports
 * what happened to the credits; an image that was finished before is still saved, since it is paid for.
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

  const last = await followUntilFinal(deps, started);
  progress.end();
  if (last.status !== 'completed' || last.avatar === null) {
    return { outcome: last.status === 'cancelled' ? 'cancelled' : 'no-image', message: describeEnd(last) };
  }
  if (last.avatar.imageUrl === null) {
    return {
      outcome: 'no-image',
      message:
        'The image was generated, but it needs review before it is shown. If it is rejected, your credits are returned.',
    };
  }
  const sizeBytes = await saveImage(deps.fetch, last.avatar.imageUrl, outPath);
  const { available } = await client.call(ROUTES.readCredits);
  const { width, height } = last.avatar;
  const facts = `${width} × ${height}, ${Math.ceil(sizeBytes / 1_000)} kB, seed ${last.seed ?? 'unknown'}`;
  return {
    outcome: 'saved',
    message: `Saved ${outPath} (${facts}). It cost ${last.price} credits; ${available} are left.`,
  };
}

async function followUntilFinal(deps: GenerateAvatarDeps, started: Generation): Promise<Generation> {
  const { client, progress, interrupted } = deps;
  const giveUp = new AbortController();
  const cancel = async (): Promise<void> => {
    progress.show('cancelling');
    await client.call(ROUTES.cancelGeneration, { id: started.id, body: {} }).catch((error: unknown) => {
      // Already final: the stream reports the end.
      if (!(error instanceof StudioRefusal) || error.status !== 409) giveUp.abort(error);
    });
    await sleep(CANCEL_WAIT_MS, undefined, { ref: false, signal: giveUp.signal }).catch(() => undefined);
    giveUp.abort(new Error('Cancelling was requested but is not confirmed yet.'));
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
