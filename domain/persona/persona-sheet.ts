import type { VisualAttributes } from './attributes.ts';
import { capitalized } from '../prompt/prompt-text.ts';
import { describeTraits } from '../prompt/traits.ts';
import { STYLE_RULES, type Style } from '../prompt/style.ts';

interface Sheet {
  readonly persona: {
    readonly age?: number | undefined;
    readonly personality?: readonly string[] | undefined;
  };
  readonly attributes: VisualAttributes;
  readonly style: Style | null;
}

/** A persona sheet as text: personality, appearance and style. Empty entries are omitted. */
export function personaLines({ persona, attributes, style }: Sheet): string[] {
  const age = persona.age === undefined ? [] : [`${persona.age} years old`];
  return [
    capitalized([...age, ...(persona.personality ?? [])].join(', ')),
    capitalized(describeTraits(attributes)),
    style === null ? '' : STYLE_RULES[style].label,
  ].filter((text) => text !== '');
}
