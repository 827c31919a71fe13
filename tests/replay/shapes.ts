import type { ImageModerator } from '#activities/moderation/port.ts';
import { eraseAccount } from '#drizzle/queries/accounts/erasure.ts';
import { listMembers } from '#drizzle/queries/generations/batches.ts';
import { admitBatch, insertBatchRequest } from '../support/request-batch.ts';
import { until } from '../support/until.ts';
import { batchWorkflowId, erasureWorkflowId, generationWorkflowId } from '#domain/generation/workflow-id.ts';
import { type Studio } from '../support/studio.ts';
import { DEV, ILLUSTRATOR, SCHNELL, type TestUser } from '../support/insert-request.ts';

/** Must never appear in a history. */
export const SECRET_PROMPT = 'zebra-prompt-secret';

const HARMLESS = { drawing: 0, hentai: 0, neutral: 1, porn: 0, sexy: 0 };
const moderation = { rejects: false };

/** Rejects images only for the shape that says so. */
export const MODERATOR: ImageModerator = {
  score: async () => (moderation.rejects ? { ...HARMLESS, neutral: 0, porn: 1 } : HARMLESS),
  close: async () => undefined,
};

/** Every path of a workflow. Each function runs one for real and returns the workflow's id. */
export const SHAPES: Record<string, (studio: Studio, user: TestUser) => Promise<string>> = {
  async completed(studio, user) {
    return finished(studio, await request(studio, user, [SCHNELL]));
  },
  async 'drawn-offline'(studio, user) {
    return finished(studio, await request(studio, user, [ILLUSTRATOR]));
  },
  async 'fell-back'(studio, user) {
    studio.replicate.script({ on: 'create', fault: 'no_funds' });
    return finished(studio, await request(studio, user, [SCHNELL, DEV, ILLUSTRATOR]));
  },
  async moderated(studio, user) {
    studio.replicate.script({ on: 'prediction', fault: 'nsfw', error: `NSFW content detected in "${SECRET_PROMPT}"` });
    return finished(studio, await request(studio, user, [SCHNELL]));
  },
  async 'retried-provider'(studio, user) {
    studio.replicate.script({ on: 'create', fault: 'rate_limited', retryAfterS: 1 });
    return finished(studio, await request(studio, user, [SCHNELL]));
  },
  async cancelled(studio, user) {
    studio.replicate.script({ on: 'prediction', fault: 'stuck' });
    const id = await request(studio, user, [SCHNELL]);
    await until(() => studio.replicate.ledger().some(({ cancelled }) => !cancelled));
    await studio.temporal.generations.setPriority(id, 2);
    await studio.temporal.generations.cancel(id, { reason: 'changed_mind', by: user.accountId });
    return finished(studio, id);
  },
  async batch(studio, user) {
    const id = await insertBatchRequest(studio, user, { size: 3, prompt: SECRET_PROMPT });
    await admitBatch(studio, id);
    return settledBatch(studio, id);
  },
  async 'batch-cancelled'(studio, user) {
    studio.replicate.script({ on: 'prediction', fault: 'stuck' });
    studio.replicate.script({ on: 'prediction', fault: 'stuck' });
    const id = await insertBatchRequest(studio, user, { size: 2, plan: [SCHNELL], prompt: SECRET_PROMPT });
    await admitBatch(studio, id);
    await until(() => studio.replicate.ledger().length === 2);
    await studio.temporal.generations.batches.cancel(id, { reason: 'changed_mind', by: user.accountId });
    return settledBatch(studio, id);
  },
  async 'batch-refused'(studio) {
    const id = await insertBatchRequest(studio, await studio.user({ credits: 0 }), { size: 2, prompt: SECRET_PROMPT });
    await admitBatch(studio, id);
    return settledBatch(studio, id);
  },
  async erased(studio) {
    const user = await studio.user();
    await finished(studio, await request(studio, user, [ILLUSTRATOR]));
    await eraseAccount(studio.database, user.accountId);
    await studio.temporal.generations.erasures.start(user.accountId);
    return closed(studio, erasureWorkflowId(user.accountId));
  },
  async 'image-rejected'(studio, user) {
    moderation.rejects = true;
    return finished(studio, await request(studio, user, [SCHNELL]));
  },
  async 'trash-emptied'(studio) {
    const user = await studio.user();
    await finished(studio, await request(studio, user, [ILLUSTRATOR]));
    const trash = `UPDATE avatars SET trashed_at = now() - interval '40 days' WHERE account_id = $1`;
    await studio.database.call('test.trash', trash, [user.accountId]);
    const { client, queues } = studio.temporal;
    const workflowId = `empty-trash-${user.accountId}`;
    await client.workflow.start('emptyTrash', { workflowId, taskQueue: queues.workflows });
    return closed(studio, workflowId);
  },
  async refused(studio) {
    const poor = await studio.user({ credits: 0 });
    const { id } = await studio.generate(poor, { prompt: SECRET_PROMPT });
    return settled(studio, id);
  },
};

async function request(studio: Studio, user: TestUser, plan: (typeof SCHNELL)[]): Promise<string> {
  return (await studio.generate(user, { plan, prompt: SECRET_PROMPT })).id;
}

async function finished(studio: Studio, id: string): Promise<string> {
  await studio.ended(id);
  return settled(studio, id);
}

function settled(studio: Studio, id: string): Promise<string> {
  return closed(studio, generationWorkflowId(id));
}

async function settledBatch(studio: Studio, id: string): Promise<string> {
  await closed(studio, batchWorkflowId(id));
  // Wait for the members' workflows, too: their provider calls must not overlap with the next shape.
  for (const member of await listMembers(studio.database, id)) {
    await studio.temporal.client.workflow
      .getHandle(generationWorkflowId(member.id))
      .result()
      .catch(() => undefined);
  }
  return batchWorkflowId(id);
}

async function closed(studio: Studio, workflowId: string): Promise<string> {
  await studio.temporal.client.workflow
    .getHandle(workflowId)
    .result()
    .catch(() => undefined);
  studio.replicate.reset();
  moderation.rejects = false;
  return workflowId;
}
