import type { PolicyText } from '#domain/moderation/prompt-policy.ts';

/** Whatever people can write about an avatar; null clears a field, so it says nothing. */
interface Written {
  readonly name?: string | undefined;
  readonly prompt?: string | undefined;
  readonly persona?: WrittenPersona | null | undefined;
  readonly attributes?: Readonly<Record<string, string | null | undefined>> | null | undefined;
}

interface WrittenPreset extends Pick<Written, 'name' | 'prompt' | 'attributes'> {
  readonly category?: string | undefined;
  readonly personaTemplate?: WrittenPersona | undefined;
}

interface WrittenProject {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly defaults?: Pick<Written, 'persona' | 'attributes'> | null | undefined;
}

interface WrittenPersona {
  readonly name?: string | null | undefined;
  readonly personality?: readonly string[] | null | undefined;
  readonly background?: string | null | undefined;
}

/**
 * All texts of an order, a preset or an avatar, each by its path in the request. Name, character and looks of a persona are painted;
 * its story and the avatar's own name are only read.
 */
export function textsOf({ name, prompt, persona, attributes }: Written): PolicyText[] {
  return [
    ...promptText('prompt', prompt),
    ...promptText('persona.name', persona?.name),
    ...(persona?.personality ?? []).flatMap((trait, index) => promptText(`persona.personality.${index}`, trait)),
    ...Object.entries(attributes ?? {}).flatMap(([trait, value]) => promptText(`attributes.${trait}`, value)),
    ...shown('persona.background', persona?.background),
    ...shown('name', name),
  ];
}

/** All texts of a preset; what it sets is painted with each avatar that begins with it. */
export function textsOfPreset({ name, category, prompt, personaTemplate, attributes }: WrittenPreset): PolicyText[] {
  const template = textsOf({ persona: personaTemplate }).map(({ path, ...text }) => ({
    ...text,
    path: path.replace('persona.', 'personaTemplate.'),
  }));
  return [...textsOf({ name, prompt, attributes }), ...template, ...shown('category', category)];
}

/** All texts of a project: its defaults are painted with each of its avatars. */
export function textsOfProject({ name, description, defaults }: WrittenProject): PolicyText[] {
  const common = textsOf(defaults ?? {}).map((text) => ({ ...text, path: `defaults.${text.path}` }));
  return [...shown('name', name), ...shown('description', description), ...common];
}

function promptText(path: string, text: string | null | undefined): PolicyText[] {
  return text ? [{ path, text, inPrompt: true }] : [];
}

function shown(path: string, text: string | null | undefined): PolicyText[] {
  return text ? [{ path, text, inPrompt: false }] : [];
}
