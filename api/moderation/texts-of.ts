import type { ModeratedText } from '#domain/moderation/moderate-prompt.ts';

/** The texts that a user can write about an avatar; null clears a field. */
interface AvatarTexts {
  readonly name?: string | undefined;
  readonly prompt?: string | undefined;
  readonly persona?: PersonaTexts | null | undefined;
  readonly attributes?: Readonly<Record<string, string | null | undefined>> | null | undefined;
}

interface PresetTexts extends Pick<AvatarTexts, 'name' | 'prompt' | 'attributes'> {
  readonly category?: string | undefined;
  readonly personaTemplate?: PersonaTexts | undefined;
}

interface ProjectTexts {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly defaults?: Pick<AvatarTexts, 'persona' | 'attributes'> | null | undefined;
}

interface PersonaTexts {
  readonly name?: string | null | undefined;
  readonly personality?: readonly string[] | null | undefined;
  readonly background?: string | null | undefined;
}

/**
 * All texts of a request or an avatar, each with its path in the body. A persona's name, personality and attributes become part of the
 * prompt; its background and the avatar's name are only displayed.
 */
export function textsOf({ name, prompt, persona, attributes }: AvatarTexts): ModeratedText[] {
  return [
    ...promptText('prompt', prompt),
    ...promptText('persona.name', persona?.name),
    ...(persona?.personality ?? []).flatMap((trait, index) => promptText(`persona.personality.${index}`, trait)),
    ...Object.entries(attributes ?? {}).flatMap(([trait, value]) => promptText(`attributes.${trait}`, value)),
    ...displayedText('persona.background', persona?.background),
    ...displayedText('name', name),
  ];
}

/** All texts of a preset. Its prompt, persona and attributes become part of the prompt of each generation that uses it. */
export function textsOfPreset({ name, category, prompt, personaTemplate, attributes }: PresetTexts): ModeratedText[] {
  const template = textsOf({ persona: personaTemplate }).map(({ path, ...text }) => ({
    ...text,
    path: path.replace('persona.', 'personaTemplate.'),
  }));
  return [...textsOf({ name, prompt, attributes }), ...template, ...displayedText('category', category)];
}

/** All texts of a project. Its defaults become part of the prompt of each of its generations. */
export function textsOfProject({ name, description, defaults }: ProjectTexts): ModeratedText[] {
  const defaultTexts = textsOf(defaults ?? {}).map((text) => ({ ...text, path: `defaults.${text.path}` }));
  return [...displayedText('name', name), ...displayedText('description', description), ...defaultTexts];
}

function promptText(path: string, text: string | null | undefined): ModeratedText[] {
  return text ? [{ path, text, inPrompt: true }] : [];
}

function displayedText(path: string, text: string | null | undefined): ModeratedText[] {
  return text ? [{ path, text, inPrompt: false }] : [];
}
