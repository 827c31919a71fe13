/** What no avatar is made of, the gravest first. */
export const PROMPT_RULES = ['minor_sexual', 'real_person_sexual', 'hate', 'obscene'] as const;
export type PromptRule = (typeof PROMPT_RULES)[number];

/** Said to whoever wrote it: which rule, and what helps. Nothing of what was written is repeated. */
export const RULE_REASONS: Readonly<Record<PromptRule, string>> = {
  minor_sexual: 'Children and anything sexual are never put together here. Take one of them out.',
  real_person_sexual: 'Nobody real is shown in a sexual way here. Leave the person or the sexual words out.',
  hate: 'Words that demean people are not painted here. Leave them out.',
  obscene: 'This is too explicit for an avatar. Say it in other words.',
};
