import { randomUUID } from 'node:crypto';
import type { RandomStream } from '#illustrator/person/seeded-random.ts';
import { drawImage } from '../../fakes/faults/draw-image.ts';
import { countAnswer, type FaultUser, type Journal } from './journal.ts';
import { sendAsUser, type UserAnswer, type UserRequest } from './user-client.ts';

export interface OperationContext {
  readonly apiUrl: string;
  readonly journal: Journal;
  readonly random: RandomStream;
  readonly user: FaultUser;
  /** Share of the requests whose user closes the page instead of waiting, and never sends them again. */
  readonly abandoned: number;
}

const PROVIDERS = ['flux', 'flux', 'sd', 'auto'] as const;
const SUBJECTS = ['a lighthouse keeper', 'a gardener', 'a sea captain', 'an inventor', 'a librarian'] as const;
const BATCH_SIZES = [2, 3, 5] as const;
const UPLOAD_PX = 256;
const SEED_MAX = 2 ** 31;
const MARK_LETTERS = 'bdghjlmnpqrtvwxz';
const MARK_LENGTH = 14;

async function send(
  { apiUrl, journal, random, user, abandoned }: OperationContext,
  name: string,
  request: Omit<UserRequest, 'token'>,
): Promise<UserAnswer | undefined> {
  const tries = random.chance(abandoned) ? 1 : undefined;
  const answer = await sendAsUser(apiUrl, { ...request, token: user.token, ...(tries && { tries }) });
  countAnswer(journal, name, answer?.status);
  return answer;
}

/** A name that no other request has, of letters in which moderation reads nothing. */
function newMark(): string {
  const hex = randomUUID().replaceAll('-', '').slice(0, MARK_LENGTH);
  return `K${[...hex].map((digit) => MARK_LETTERS[Number.parseInt(digit, 16)]).join('')}`;
}

/** A request whose prompt has a mark of its own. */
function requestOf({ random, journal }: OperationContext): { mark: string; body: object } {
  const mark = newMark();
  journal.marks.add(mark);
  const body = {
    sourceType: 'text_to_image',
    prompt: `${random.pick(SUBJECTS)} named ${mark}`,
    options: {
      provider: random.pick(PROVIDERS),
      optimizeFor: random.pick(['speed', 'cost', 'quality']),
      size: 512,
      allowFallback: random.chance(0.7),
    },
  };
  return { mark, body };
}

function accept({ journal, user }: OperationContext, id: string, mark: string | undefined): void {
  const known = journal.accepted.get(id);
  if (known && known.mark !== mark) journal.contradictions.push(`${id} answered two requests`);
  if (known) return;
  journal.accepted.set(id, { id, user, mark, isDeleted: false });
  user.accepted += 1;
}

const idOf = (answer: UserAnswer | undefined): string | undefined =>
  answer?.status === 202 || answer?.status === 201 ? (answer.body as { id: string }).id : undefined;

/** One generation; often the same key is sent again, at the same time or afterwards. */
export async function generate(context: OperationContext): Promise<void> {
  const { journal, random, user } = context;
  const { mark, body } = requestOf(context);
  const key = randomUUID();
  const request = { method: 'POST', path: `/projects/${user.projectId}/generations`, key, body } as const;
  const answers = random.chance(0.2)
    ? await Promise.all([send(context, 'generate', request), send(context, 'repeat', request)])
    : [await send(context, 'generate', request)];
  if (random.chance(0.15)) answers.push(await send(context, 'repeat', request));
  const ids = new Set(answers.map(idOf).filter((id) => id !== undefined));
  if (ids.size > 1) journal.contradictions.push(`one key, several generations: ${[...ids].join(', ')}`);
  for (const id of ids) accept(context, id, mark);
}

export async function generateBatch(context: OperationContext): Promise<void> {
  const { random, user } = context;
  const items = Array.from({ length: random.pick(BATCH_SIZES) }, () => requestOf(context));
  const answer = await send(context, 'batch', {
    method: 'POST',
    path: `/projects/${user.projectId}/batches`,
    key: randomUUID(),
    body: { items: items.map(({ body }) => body) },
  });
  if (answer?.status !== 202) return;
  const { generations } = answer.body as { generations: { id: string; prompt: string | null }[] };
  for (const { id, prompt } of generations) accept(context, id, items.find(({ mark }) => prompt?.includes(mark))?.mark);
}

async function imageForm({ random }: OperationContext): Promise<FormData> {
  const seed = Math.floor(random.next() * SEED_MAX);
  const bytes = await drawImage({ widthPx: UPLOAD_PX, heightPx: UPLOAD_PX, seed, format: 'png' });
  const form = new FormData();
  form.append('image', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'me.png');
  return form;
}

export async function uploadAvatar(context: OperationContext): Promise<void> {
  const answer = await send(context, 'upload', {
    method: 'POST',
    path: `/projects/${context.user.projectId}/avatars`,
    key: randomUUID(),
    body: await imageForm(context),
  });
  if (answer?.status === 202) accept(context, idOf(answer)!, undefined);
  if (answer?.status === 201) accept(context, (answer.body as { generation: { id: string } }).generation.id, undefined);
}

export async function uploadReference(context: OperationContext): Promise<void> {
  const body = await imageForm(context);
  const answer = await send(context, 'reference', { method: 'POST', path: '/uploads', key: randomUUID(), body });
  const id = idOf(answer);
  if (id !== undefined) context.journal.uploads.push({ id, user: context.user });
}

/** One of the user's latest generations, by chance. */
function recent({ journal, random, user }: OperationContext): string | undefined {
  const own = [...journal.accepted.values()].filter((entry) => entry.user === user).slice(-12);
  return own[Math.floor(random.next() * own.length)]?.id;
}

export async function cancel(context: OperationContext): Promise<void> {
  const id = recent(context);
  if (id !== undefined) await send(context, 'cancel', { method: 'POST', path: `/generations/${id}/cancel`, body: {} });
}

export async function lowerPriority(context: OperationContext): Promise<void> {
  const id = recent(context);
  const body = { priority: 5 };
  if (id !== undefined) await send(context, 'priority', { method: 'POST', path: `/generations/${id}/priority`, body });
}

/** Moves an avatar to the trash, or deletes it for good. */
export async function deleteAvatar(context: OperationContext): Promise<void> {
  const { journal, random, user } = context;
  const list = await sendAsUser(context.apiUrl, {
    method: 'GET',
    path: '/avatars?limit=5',
    token: user.token,
    tries: 1,
  });
  if (list?.status !== 200) return;
  const { data } = list.body as { data: { id: string; generation: { id: string } }[] };
  const avatar = data[Math.floor(random.next() * data.length)];
  if (avatar === undefined) return;
  const forever = random.chance(0.5);
  const generation = journal.accepted.get(avatar.generation.id);
  if (generation && forever) generation.isDeleted = true;
  await send(context, 'delete', { method: 'DELETE', path: `/avatars/${avatar.id}${forever ? '?forever=true' : ''}` });
}

/** Erases the account; whatever the answer, nobody relies on its data any more. */
export async function eraseUser(context: OperationContext): Promise<void> {
  context.user.isErased = true;
  await send(context, 'erase', { method: 'DELETE', path: '/me' });
}
