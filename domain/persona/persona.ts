/** What contract and page state about a persona's fields. Adults only. */
export const PERSONA_LIMITS = {
  nameMaxLength: 100,
  ageMin: 18,
  ageMax: 120,
  traitsMax: 10,
  traitMaxLength: 40,
  backgroundMaxLength: 1_000,
} as const;
