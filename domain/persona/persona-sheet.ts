import type { VisualAttributes } from './attributes.ts';
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
    sentence([...age, ...(persona.personality ?? [])].join(', ')),
    sentence(describeTraits(attributes)),
    style === null ? '' : STYLE_RULES[style].label,
  ].filter((text) => text !== '');
}

function sentence(fragment: string): string {
  return fragment.charAt(0).toUpperCase() + fragment.slice(1);
}
