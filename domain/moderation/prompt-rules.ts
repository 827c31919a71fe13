/** What a prompt must not ask for, the gravest rule first. */
export const PROMPT_RULES = ['minor_sexual', 'real_person_sexual', 'hate', 'obscene'] as const;
export type PromptRule = (typeof PROMPT_RULES)[number];

/** Shown to the user: which rule the prompt breaks, and how to change it. The prompt itself is not repeated. */
export const RULE_REASONS: Readonly<Record<PromptRule, string>> = {
  minor_sexual: 'Sexual content that involves minors is never allowed. Remove one or the other.',
  real_person_sexual: 'Real people can’t be shown in a sexual way. Remove the person or the sexual content.',
  hate: 'Words that demean people are not allowed. Remove them.',
  obscene: 'The prompt is too explicit for an avatar. Reword it.',
};
