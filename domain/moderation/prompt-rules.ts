/** The prompt rules, the most serious first. */
export const PROMPT_RULES = ['minor_sexual', 'real_person_sexual', 'hate', 'obscene'] as const;
export type PromptRule = (typeof PROMPT_RULES)[number];

/** Shown to the user after the refused word: which rule the text breaks, and how to change it. */
export const RULE_REASONS: Readonly<Record<PromptRule, string>> = {
  minor_sexual: 'Sexual content involving minors is never allowed. Change the prompt.',
  real_person_sexual: 'Sexual content involving real people is not allowed. Remove the person or the sexual content.',
  hate: 'Hateful or demeaning language is not allowed. Remove it.',
  obscene: 'This is too explicit for an avatar. Reword it.',
};

/** For admins: what an objection is about. */
export const RULE_LABELS: Readonly<Record<PromptRule, string>> = {
  minor_sexual: 'Sexual content involving minors',
  real_person_sexual: 'Sexual content involving a real person',
  hate: 'Hateful language',
  obscene: 'Too explicit',
};
