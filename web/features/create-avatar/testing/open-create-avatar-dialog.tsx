import { screen } from '@testing-library/react';
import { vi } from 'vitest';
import type { Avatar } from '#contract/avatar.ts';
import type { Generation } from '#contract/generation.ts';
import type { GenerationDefaults } from '#contract/profile.ts';
import type { ProjectDefaults } from '#contract/project.ts';
import { PROVIDERS, type ProviderName } from '#domain/provider/provider.ts';
import { aGeneration, anAvatar, PRESET, PROJECT_ID } from '#contract/testing/samples.ts';
import { type Answer, renderInStudio, type Sent } from '#web/testing/render-in-studio.tsx';
import { CreateAvatarDialog } from '../components/create-avatar-dialog.tsx';

export const UPLOAD_ID = '55555555-5555-4555-8555-555555555555';
export const GUEST = anAvatar({ name: 'Guest' });

interface Answers {
  /** Available credits, 100 by default. */
  readonly available?: number;
  /** The user's generation defaults. */
  readonly userDefaults?: GenerationDefaults;
  /** Configured; all of them by default. */
  readonly providers?: readonly ProviderName[];
  readonly start?: Answer;
  /** Answers every path under /prompts. */
  readonly prompts?: Answer;
  readonly reference?: Avatar;
  readonly defaults?: ProjectDefaults;
  /** The generation to start from, which the API has. */
  readonly from?: Generation;
  /** The user's generations, newest first. */
  readonly generations?: readonly Generation[];
  /** The project of an earlier dialog. By default a new one, because drafts are saved by project. */
  readonly projectId?: string;
}

let projects = 0;
const accepted: Answer = () => ({ status: 202, body: aGeneration() });
const list = (...data: unknown[]) => ({
  body: { data, meta: { nextCursor: null, hasMore: false, total: data.length, totalIsExact: true } },
});

/** Renders the dialog against a fake API that has one preset and one avatar. */
export async function openCreateAvatarDialog({
  available = 100,
  userDefaults = {},
  providers = PROVIDERS,
  start = accepted,
  prompts,
  reference,
  defaults,
  from,
  generations = [],
  ...more
}: Answers = {}) {
  projects += 1;
  const projectId = more.projectId ?? PROJECT_ID.replace(/.{4}$/u, String(projects).padStart(4, '0'));
  const onClose = vi.fn<() => void>();
  const answer = (request: Sent) => {
    const { path } = request;
    if (path === '/me') return { body: { defaults: userDefaults, providers } };
    if (from && path === `/generations/${from.id}`) return { body: from };
    if (path.startsWith('/generations?')) return list(...generations);
    if (path === '/credits') return { body: { available, held: 0, posted: available } };
    if (path === '/credits/prices') return { body: { generate: 10, preset: 8, upload: 2 } };
    if (path.startsWith('/presets')) return list(PRESET);
    if (path.includes('/avatars?')) return list(GUEST);
    if (path.startsWith('/prompts/')) return prompts?.(request) ?? { status: 404, body: {} };
    if (path === '/uploads') return { status: 201, body: { id: UPLOAD_ID, url: 'http://images.test/u.webp' } };
    return start(request);
  };
  const view = renderInStudio(
    <CreateAvatarDialog
      projectId={projectId}
      projectName="Tavern cast"
      fromId={from?.id}
      defaults={defaults}
      onClose={onClose}
      {...(reference && { reference })}
    />,
    { answer },
  );
  await screen.findByRole('dialog', { name: 'New avatar' });
  const starts = () => view.sent.filter(({ path }) => /\/(generations|batches)$/u.test(path));
  return { ...view, projectId, onClose, starts, prompt: screen.getByRole('textbox', { name: /^Prompt/u }) };
}

export const generateButton = () => screen.getByRole('button', { name: /^Generate .*avatar|needed|^Generating/u });
