/**
 * A chat service that gives its users avatars. Written as its developers would write it, in a project that has only the packed SDK;
 * not part of this repository's sources.
 */
import {
  AvatarStudio,
  ConflictError,
  ForbiddenError,
  GenerationFailedError,
  InsufficientCreditsError,
  InternalAvatarClient,
  InvalidRequestError,
  LimitError,
  NotFoundError,
  UnauthorizedError,
  type CreateGeneration,
  type Generation,
  type OnBehalfOfUser,
  type StudioEvent,
  type TrackUsage,
} from '@avatar-studio/sdk';

/** The service's configuration and its users. */
export interface Chat {
  readonly baseUrl: string;
  readonly serviceToken: string;
  /** A service token that may only read. */
  readonly readerToken: string;
  /** Has plenty of credits, and a user token. */
  readonly ada: { readonly subject: string; readonly token: string };
  /** Has credits for one generation. */
  readonly poorBob: string;
  /** May have one unfinished generation. */
  readonly busyCleo: string;
}

type Report = (step: string) => void;
type ErrorClass<E extends Error> = new (...details: never[]) => E;

const FACE: CreateGeneration = {
  sourceType: 'text_to_image',
  prompt: 'a lighthouse keeper in a yellow coat',
  options: { provider: 'illustrator', size: 512, seed: 7 },
};
/** The provider of this test never finishes this prompt. */
const ENDLESS: CreateGeneration = { ...FACE, prompt: 'a glacier, forever' };
/** Timeout for events that come at once, on a busy machine. */
const EVENT_TIMEOUT_MS = 30_000;
const SHOWN: TrackUsage = { appId: 'chat', appName: 'Chat', action: 'shown_as_author', referenceId: 'message-1' };

export async function story(chat: Chat, report: Report): Promise<void> {
  const {
    baseUrl,
    serviceToken,
    ada: { subject },
  } = chat;
  const service = new InternalAvatarClient({ baseUrl, token: async () => serviceToken });
  const ada = service.onBehalfOf(subject);

  await generateForAda(ada, report);
  await changeAndCancel(ada, report);
  await provokeErrors(chat, service, report);
  await readAsUser(new AvatarStudio({ baseUrl, token: chat.ada.token }), report);
}

async function generateForAda(ada: OnBehalfOfUser, report: Report): Promise<void> {
  const project = await ada.projects.create({ name: 'From the chat' });
  const options = { idempotencyKey: 'chat-request-1' };
  const [first, again] = [
    await ada.generations.create(project.id, FACE, options),
    await ada.generations.create(project.id, FACE, options),
  ];
  equal(again.id, first.id, 'the generation of the same request');
  const seen: string[] = [];
  const completed = await ada.generations.wait(first.id, { onProgress: ({ status }) => seen.push(status) });
  equal(seen.at(-1), 'completed', 'the last reported status');
  report('generated an avatar and waited for it');

  const { avatar } = completed;
  const unknown = crypto.randomUUID();
  const { data, missing } = await ada.avatars.batchGet([unknown, avatar.id]);
  equal(data.map(({ id }) => id).join(), avatar.id, 'the existing avatars');
  equal(missing.join(), unknown, 'the missing avatars');
  equal((await ada.avatars.get(avatar.id)).name, avatar.name, 'its name');
  const image = await fetch(data[0]?.imageUrl ?? '');
  equal(image.headers.get('content-type'), 'image/webp', 'the content type of its image');
  report('read avatars and their image');

  const once = { idempotencyKey: 'chat-message-1' };
  equal((await ada.avatars.trackUsage(avatar.id, SHOWN, once)).usageCount, 1, 'uses');
  equal((await ada.avatars.trackUsage(avatar.id, SHOWN, once)).usageCount, 1, 'uses after a repetition');
  equal((await ada.avatars.trackUsage(avatar.id, SHOWN)).usageCount, 2, 'uses after another one');
  report('tracked usage');
}

async function changeAndCancel(ada: OnBehalfOfUser, report: Report): Promise<void> {
  const [project] = await collect(ada.projects.list());
  if (project === undefined) throw new Error('Ada has a project');
  const before = await ada.credits.balance();
  const processing = await ada.generations.create(project.id, ENDLESS);
  const waiting = await ada.generations.create(project.id, ENDLESS);
  await ada.generations.setPriority(waiting.id, 1);
  for await (const { priority } of ada.generations.watch(waiting.id, {
    signal: AbortSignal.timeout(EVENT_TIMEOUT_MS),
  })) {
    if (priority === 1) break;
  }
  report('raised the priority of a generation');

  const timeout = await ada.generations
    .wait(processing.id, { signal: AbortSignal.timeout(300) })
    .catch((e: unknown) => e);
  equal((timeout as Error).name, 'TimeoutError', 'the error of a timeout');
  equal((await ada.generations.get(processing.id)).avatar, null, 'its avatar so far');
  report('stopped waiting for a generation');

  // After a reconnect the snapshot may be what tells it.
  const events = collectEvents(ada.events({ signal: AbortSignal.timeout(EVENT_TIMEOUT_MS) }), (event) =>
    generationsOf(event).some(({ id, status }) => id === waiting.id && status === 'cancelled'),
  );
  const failed = ada.generations.wait(waiting.id).catch((e: unknown) => e);
  for (const { id } of [waiting, processing]) {
    const cancelled = await ada.generations.cancel(id, { reason: 'changed their mind' });
    equal(['pending', 'processing', 'cancelled'].includes(cancelled.status), true, 'a status before or at cancelled');
  }
  const error = await failed;
  if (!(error instanceof GenerationFailedError))
    throw new Error(`Waiting for a cancelled generation returned ${String(error)}`);
  equal(error.generation.cancelReason, 'changed their mind', 'the reason');
  equal((await events)[0]?.name, 'snapshot', 'the first event');
  await ada.generations.wait(processing.id).catch(() => undefined);
  equal((await ada.credits.balance()).available, before.available, 'the returned credits');
  await refused(ConflictError, 'conflict', ada.generations.setPriority(waiting.id, 2));
  report('cancelled two generations and got the credits back');
}

async function provokeErrors(chat: Chat, service: InternalAvatarClient, report: Report): Promise<void> {
  const bob = service.onBehalfOf(chat.poorBob);
  const desk = await bob.projects.create({ name: 'Desk' });
  const only = await bob.generations.create(desk.id, ENDLESS);
  const insufficient = await refused(
    InsufficientCreditsError,
    'insufficient_credits',
    bob.generations.create(desk.id, FACE),
  );
  equal(insufficient.required > insufficient.available, true, 'whether more is required than available');
  await bob.generations.cancel(only.id);

  const cleo = service.onBehalfOf(chat.busyCleo);
  const stage = await cleo.projects.create({ name: 'Stage' });
  const first = await cleo.generations.create(stage.id, ENDLESS);
  const limit = await refused(LimitError, 'too_many_pending', cleo.generations.create(stage.id, FACE));
  equal((limit.retryAfterMs ?? 0) > 0, true, 'whether a retry time is given');
  await refused(NotFoundError, 'not_found', bob.generations.cancel(first.id));
  await refused(NotFoundError, 'not_found', bob.generations.create(stage.id, FACE));
  await cleo.generations.cancel(first.id);

  await refused(NotFoundError, 'not_found', bob.avatars.get(crypto.randomUUID()));
  const invalid = await refused(InvalidRequestError, 'validation_failed', bob.projects.create({ name: '' }));
  equal(invalid.errors[0]?.path, 'name', 'the invalid field');
  const { baseUrl } = chat;
  const reader = new InternalAvatarClient({ baseUrl, token: chat.readerToken }).onBehalfOf(chat.poorBob);
  await refused(ForbiddenError, 'forbidden', reader.generations.create(desk.id, FACE));
  const stranger = new InternalAvatarClient({ baseUrl, token: 'nonsense' }).onBehalfOf(chat.poorBob);
  await refused(UnauthorizedError, 'unauthorized', stranger.avatars.get(crypto.randomUUID()));
  const user = new InternalAvatarClient({ baseUrl, token: chat.ada.token }).onBehalfOf(chat.poorBob);
  await refused(ForbiddenError, 'forbidden', user.avatars.get(crypto.randomUUID()));
  report('received each refusal as its error class');
}

async function readAsUser(studio: AvatarStudio, report: Report): Promise<void> {
  equal((await studio.profile()).tier, 'pro', 'her tier');
  for (const name of ['Second', 'Third', 'Fourth']) await studio.projects.create({ name });
  const pages = await collect(studio.projects.list({ pageSize: 2 }).pages());
  equal(pages.length, Math.ceil((pages[0]?.meta.total ?? 0) / 2), 'pages of two');
  const projects = await collect(studio.projects.list({ pageSize: 2 }));
  equal(new Set(projects.map(({ id }) => id)).size, pages[0]?.meta.total, 'projects, each once');
  const avatars = await collect(studio.avatars.list({ q: 'lighthouse' }));
  equal(avatars.length, 1, 'avatars found');
  equal((await studio.avatars.batchGet(avatars.map(({ id }) => id))).data.length, 1, 'avatars read by her');
  const kinds = new Set((await collect(studio.credits.transfers({ pageSize: 3 }))).map(({ kind }) => kind));
  equal(kinds.has('capture') && kinds.has('release'), true, 'whether her statement shows both kinds');
  equal((await collect(studio.generations.list({ status: 'cancelled' }))).length, 2, 'her cancelled generations');
  await collect(studio.presets.list());
  report('read everything with a user token');
}

async function refused<E extends Error & { readonly code: string }>(
  family: ErrorClass<E>,
  code: E['code'],
  work: Promise<unknown>,
): Promise<E> {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  if (!(error instanceof family)) throw new Error(`Expected ${family.name}, not ${String(error)}`);
  equal(error.code, code, 'the code');
  return error;
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function generationsOf(event: StudioEvent): readonly Generation[] {
  if (event.name === 'snapshot') return event.data.generations;
  return event.name === 'generation' ? [event.data] : [];
}

async function collectEvents(events: AsyncIterable<StudioEvent>, last: (event: StudioEvent) => boolean) {
  const seen: StudioEvent[] = [];
  for await (const event of events) {
    seen.push(event);
    if (last(event)) break;
  }
  return seen;
}

function equal(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) throw new Error(`${what}: ${String(actual)} instead of ${String(expected)}`);
}
