/**
 * A chat service gives its users faces. Written as its people would write it, in a project that has the packed client and nothing
 * else; not part of this repository's own sources.
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
  type OnBehalfOfUser,
  type StudioEvent,
  type TrackUsage,
} from '@avatar-studio/sdk';

/** What the service is configured with, and who its users are. */
export interface Chat {
  readonly baseUrl: string;
  readonly serviceToken: string;
  /** A service token that may only read. */
  readonly readerToken: string;
  /** With plenty of credits; signed in with a token of her own, too. */
  readonly ada: { readonly subject: string; readonly token: string };
  /** Has credits for one generation. */
  readonly poorBob: string;
  /** May have one unfinished generation. */
  readonly busyCleo: string;
}

type Say = (what: string) => void;
type ErrorClass<E extends Error> = new (...details: never[]) => E;

const FACE: CreateGeneration = {
  sourceType: 'text_to_image',
  prompt: 'a lighthouse keeper in a yellow coat',
  options: { provider: 'illustrator', size: 512, seed: 7 },
};
/** The painter of this story never finishes such a one. */
const ENDLESS: CreateGeneration = { ...FACE, prompt: 'a glacier, forever' };
/** Something that should happen at once, on a busy machine. */
const PATIENCE_MS = 30_000;
const SHOWN: TrackUsage = { appId: 'chat', appName: 'Chat', action: 'shown_as_author', referenceId: 'message-1' };

export async function story(chat: Chat, say: Say): Promise<void> {
  const {
    baseUrl,
    serviceToken,
    ada: { subject },
  } = chat;
  const service = new InternalAvatarClient({ baseUrl, token: async () => serviceToken });
  const ada = service.onBehalfOf(subject);

  await facesForAda(ada, say);
  await secondThoughts(ada, say);
  await refusals(chat, service, say);
  await adaHerself(new AvatarStudio({ baseUrl, token: chat.ada.token }), say);
}

async function facesForAda(ada: OnBehalfOfUser, say: Say): Promise<void> {
  const project = await ada.projects.create({ name: 'From the chat' });
  const order = { idempotencyKey: 'chat-order-1' };
  const [ordered, again] = [
    await ada.generations.create(project.id, FACE, order),
    await ada.generations.create(project.id, FACE, order),
  ];
  equal(again.id, ordered.id, 'the same order twice is one');
  const seen: string[] = [];
  const made = await ada.generations.wait(ordered.id, { onProgress: ({ status }) => seen.push(status) });
  equal(seen.at(-1), 'completed', 'the last state told');
  say('made an avatar and waited for it');

  const { avatar } = made;
  const unknown = crypto.randomUUID();
  const { data, missing } = await ada.avatars.batchGet([unknown, avatar.id]);
  equal(data.map(({ id }) => id).join(), avatar.id, 'the avatars there are');
  equal(missing.join(), unknown, 'the avatars there are not');
  equal((await ada.avatars.get(avatar.id)).name, avatar.name, 'its name');
  const picture = await fetch(data[0]?.imageUrl ?? '');
  equal(picture.headers.get('content-type'), 'image/webp', 'what its address leads to');
  say('read avatars, and their picture');

  const once = { idempotencyKey: 'chat-message-1' };
  equal((await ada.avatars.trackUsage(avatar.id, SHOWN, once)).usageCount, 1, 'uses');
  equal((await ada.avatars.trackUsage(avatar.id, SHOWN, once)).usageCount, 1, 'uses after the same again');
  equal((await ada.avatars.trackUsage(avatar.id, SHOWN)).usageCount, 2, 'uses after another');
  say('tracked usage');
}

async function secondThoughts(ada: OnBehalfOfUser, say: Say): Promise<void> {
  const [project] = await collect(ada.projects.list());
  if (project === undefined) throw new Error('Ada has a project');
  const before = await ada.credits.balance();
  const painting = await ada.generations.create(project.id, ENDLESS);
  const waiting = await ada.generations.create(project.id, ENDLESS);
  await ada.generations.setPriority(waiting.id, 1);
  for await (const { priority } of ada.generations.watch(waiting.id, { signal: AbortSignal.timeout(PATIENCE_MS) })) {
    if (priority === 1) break;
  }
  say('moved one to the front');

  const impatient = await ada.generations
    .wait(painting.id, { signal: AbortSignal.timeout(300) })
    .catch((e: unknown) => e);
  equal((impatient as Error).name, 'TimeoutError', 'what waiting too long throws');
  equal((await ada.generations.get(painting.id)).avatar, null, 'its avatar so far');
  say('stopped waiting');

  const told = collectEvents(ada.events(), (event) => event.name === 'generation' && event.data.status === 'cancelled');
  const failed = ada.generations.wait(waiting.id).catch((e: unknown) => e);
  for (const { id } of [waiting, painting]) {
    const cancelled = await ada.generations.cancel(id, { reason: 'changed their mind' });
    equal(['pending', 'processing', 'cancelled'].includes(cancelled.status), true, 'a state on the way to cancelled');
  }
  const what = await failed;
  if (!(what instanceof GenerationFailedError)) throw new Error(`Waiting for a cancelled one gave ${String(what)}`);
  equal(what.generation.cancelReason, 'changed their mind', 'the reason');
  equal((await told)[0]?.name, 'snapshot', 'the first event');
  await ada.generations.wait(painting.id).catch(() => undefined);
  equal((await ada.credits.balance()).available, before.available, 'the credits that came back');
  await refused(ConflictError, 'conflict', ada.generations.setPriority(waiting.id, 2));
  say('cancelled two, and the credits came back');
}

async function refusals(chat: Chat, service: InternalAvatarClient, say: Say): Promise<void> {
  const bob = service.onBehalfOf(chat.poorBob);
  const desk = await bob.projects.create({ name: 'Desk' });
  const only = await bob.generations.create(desk.id, ENDLESS);
  const broke = await refused(InsufficientCreditsError, 'insufficient_credits', bob.generations.create(desk.id, FACE));
  equal(broke.required > broke.available, true, 'more required than there is');
  await bob.generations.cancel(only.id);

  const cleo = service.onBehalfOf(chat.busyCleo);
  const stage = await cleo.projects.create({ name: 'Stage' });
  const first = await cleo.generations.create(stage.id, ENDLESS);
  const limit = await refused(LimitError, 'too_many_pending', cleo.generations.create(stage.id, FACE));
  equal((limit.retryAfterMs ?? 0) > 0, true, 'when to come back');
  await refused(NotFoundError, 'not_found', bob.generations.cancel(first.id));
  await refused(NotFoundError, 'not_found', bob.generations.create(stage.id, FACE));
  await cleo.generations.cancel(first.id);

  await refused(NotFoundError, 'not_found', bob.avatars.get(crypto.randomUUID()));
  const wrong = await refused(InvalidRequestError, 'validation_failed', bob.projects.create({ name: '' }));
  equal(wrong.errors[0]?.path, 'name', 'what is wrong');
  const { baseUrl } = chat;
  const reader = new InternalAvatarClient({ baseUrl, token: chat.readerToken }).onBehalfOf(chat.poorBob);
  await refused(ForbiddenError, 'forbidden', reader.generations.create(desk.id, FACE));
  const stranger = new InternalAvatarClient({ baseUrl, token: 'nonsense' }).onBehalfOf(chat.poorBob);
  await refused(UnauthorizedError, 'unauthorized', stranger.avatars.get(crypto.randomUUID()));
  const user = new InternalAvatarClient({ baseUrl, token: chat.ada.token }).onBehalfOf(chat.poorBob);
  await refused(ForbiddenError, 'forbidden', user.avatars.get(crypto.randomUUID()));
  say('was refused in every way, each by its class');
}

async function adaHerself(studio: AvatarStudio, say: Say): Promise<void> {
  equal((await studio.me()).tier, 'pro', 'her tier');
  for (const name of ['Second', 'Third', 'Fourth']) await studio.projects.create({ name });
  const pages = await collect(studio.projects.list({ pageSize: 2 }).pages());
  equal(pages.length, Math.ceil((pages[0]?.meta.total ?? 0) / 2), 'pages of two');
  const projects = await collect(studio.projects.list({ pageSize: 2 }));
  equal(new Set(projects.map(({ id }) => id)).size, pages[0]?.meta.total, 'projects, each once');
  const avatars = await collect(studio.avatars.list({ q: 'lighthouse' }));
  equal(avatars.length, 1, 'avatars found');
  equal((await studio.avatars.batchGet(avatars.map(({ id }) => id))).data.length, 1, 'avatars read by her');
  const kinds = new Set((await collect(studio.credits.transfers({ pageSize: 3 }))).map(({ kind }) => kind));
  equal(kinds.has('capture') && kinds.has('release'), true, 'what her statement shows');
  equal((await collect(studio.generations.list({ status: 'cancelled' }))).length, 2, 'her cancelled ones');
  await collect(studio.presets.list());
  say('Ada looked at everything herself');
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
