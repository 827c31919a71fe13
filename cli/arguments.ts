import { parseArgs } from 'node:util';
import { extname } from 'node:path';
import { z } from 'zod';
import { createGeneration, type CreateGeneration } from '#contract/generation.ts';
import { DEMO_USERS } from '#contract/profile.ts';
import { STYLES } from '#domain/prompt/style.ts';

export const USAGE = `Generates one avatar and saves its image.

  npm run avatar -- --prompt "a smiling gardener" --style anime --out face.webp

  --prompt TEXT    what the image shows
  --preset NAME    name or id of a preset to start from
  --style STYLE    ${STYLES.slice(0, 8).join(', ')},
                   ${STYLES.slice(8).join(', ')}
  --out FILE       where to save the image, as WebP (avatar.webp)
  --name NAME      the avatar's name
  --seed NUMBER    the same seed and request give the same image
  --project NAME   the avatar's project, created if missing ("From the terminal")
  --user USER      the demo user to sign in as: ${DEMO_USERS.join(', ')} (alice)
  --api URL        the studio's URL; default: AVATAR_STUDIO_URL, or the studio started here
  --help           show this text

If AVATAR_STUDIO_TOKEN is set, that token is used instead of a demo user. Ctrl-C cancels the generation and returns the credits.
`;

export interface GenerateRequest {
  readonly request: Omit<CreateGeneration, 'presetId'>;
  /** Name or id. */
  readonly preset: string | undefined;
  readonly out: string;
  readonly project: string;
  readonly user: (typeof DEMO_USERS)[number];
  readonly api: string | undefined;
}

/** The arguments are not valid; the message says what to change. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const OPTIONS = {
  prompt: { type: 'string' },
  preset: { type: 'string' },
  style: { type: 'string' },
  out: { type: 'string', default: 'avatar.webp' },
  name: { type: 'string' },
  seed: { type: 'string' },
  project: { type: 'string', default: 'From the terminal' },
  user: { type: 'string', default: DEMO_USERS[0] },
  api: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/**
 * @returns undefined with --help
 * @throws UsageError
 */
export function readArguments(argv: readonly string[]): GenerateRequest | undefined {
  const values = parse(argv);
  if (values.help) return undefined;
  if (values.prompt === undefined && values.preset === undefined) {
    throw new UsageError('Describe the image with --prompt "…", or choose a preset with --preset.');
  }
  if (extname(values.out).toLowerCase() !== '.webp') {
    throw new UsageError(`Images are WebP: --out must end in .webp (got "${values.out}").`);
  }
  const user = z.enum(DEMO_USERS).safeParse(values.user);
  if (!user.success) throw new UsageError(`--user must be one of ${DEMO_USERS.join(', ')}.`);
  if (values.api !== undefined && !URL.canParse(values.api)) {
    throw new UsageError('--api must be a URL such as http://127.0.0.1:8080.');
  }
  return {
    request: requestOf(values),
    preset: values.preset,
    out: values.out,
    project: values.project,
    user: user.data,
    api: values.api,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0] ?? 'Unknown option', { cause: error });
  }
}

interface RequestOptions {
  readonly prompt?: string;
  readonly preset?: string;
  readonly style?: string;
  readonly name?: string;
  readonly seed?: string;
}

/** Validates the body against the contract, so that errors appear before a request is sent. */
function requestOf({ prompt, preset, style, name, seed }: RequestOptions): GenerateRequest['request'] {
  if (seed !== undefined && !/^\d+$/.test(seed)) throw new UsageError('--seed must be a whole number.');
  const body = {
    ...(prompt === undefined ? {} : { prompt }),
    ...(style === undefined ? {} : { style }),
    ...(name === undefined ? {} : { name }),
    ...(seed === undefined ? {} : { options: { seed: Number(seed) } }),
  };
  // The preset's id is known only after the gallery was read: any valid id stands for it here.
  const source =
    preset === undefined ? { sourceType: 'text_to_image' } : { sourceType: 'from_preset', presetId: ANY_PRESET };
  const checked = createGeneration.safeParse({ ...source, ...body });
  if (!checked.success) throw new UsageError(checked.error.issues.map(explain).join('\n'));
  const { presetId: _presetId, ...request } = checked.data;
  return request;
}

const ANY_PRESET = '00000000-0000-4000-8000-000000000000';

function explain({ path, message }: z.core.$ZodIssue): string {
  const option = path.at(-1);
  if (option === 'style') return `--style must be one of ${STYLES.join(', ')}.`;
  return `--${String(option)}: ${message}`;
}
