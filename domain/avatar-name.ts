/** Long enough to tell two avatars apart, short enough for one line under a picture. */
const WORDS_OF_PROMPT = 5;
const NAME_MAX_LENGTH = 60;
const NAMELESS = 'Untitled avatar';

export interface Nameable {
  readonly name?: string | undefined;
  readonly prompt?: string | undefined;
  readonly persona?: { readonly name?: string | undefined } | undefined;
}

/** What an avatar is called: the name given, else its persona's, else the first words of the prompt. Never empty. */
export function avatarName(request: Nameable): string {
  const given = request.name?.trim() || request.persona?.name?.trim();
  if (given) return given;
  const words = (request.prompt ?? '').trim().split(/\s+/u).slice(0, WORDS_OF_PROMPT).join(' ');
  const short = [...words]
    .slice(0, NAME_MAX_LENGTH)
    .join('')
    .replace(/[\s,.;:!?-]+$/u, '');
  return short || NAMELESS;
}
