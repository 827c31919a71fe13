import { z } from 'zod';
import { OBJECTION_DECISIONS, OBJECTION_LIMITS } from '#domain/moderation/objection.ts';
import { PROMPT_RULES } from '#domain/moderation/prompt-rules.ts';
import { listOf } from './list.ts';
import { identifier, text, timestamp, uuid } from './text.ts';

/** At least as long as the longest text that is moderated. */
const TEXT_MAX_LENGTH = 2_000;
const PATH_MAX_LENGTH = 200;

const TEXTS = [{ path: 'prompt', text: 'A portrait of kike garcía, chef' }];
const OBJECTION = {
  id: '0198c0de-0000-7000-8000-000000000050',
  rule: 'hate',
  decision: null,
  createdAt: '2026-11-28T08:00:00.000Z',
} as const;
const COMMENT = 'Kike is short for Enrique.';

/** POST /objections: an objection to a `prompt_not_allowed`. */
export const createObjection = z
  .strictObject({
    rule: z.enum(PROMPT_RULES).meta({ description: 'The `rule` of the problem' }),
    texts: z
      .array(z.strictObject({ path: identifier(PATH_MAX_LENGTH), text: text(TEXT_MAX_LENGTH) }))
      .min(1)
      .max(OBJECTION_LIMITS.textsMax)
      .meta({ description: 'The text at the `path` of the error, and the one at that of its `companion`' }),
    comment: text(OBJECTION_LIMITS.commentMaxLength).optional().meta({ description: 'Why the text is innocent' }),
  })
  .meta({ id: 'CreateObjection', examples: [{ rule: 'hate', texts: TEXTS, comment: COMMENT }] });

const fields = {
  id: uuid,
  rule: z.enum(PROMPT_RULES),
  decision: z
    .enum(OBJECTION_DECISIONS)
    .nullable()
    .meta({ description: 'allowed: the account may use these texts. Null until an admin decides' }),
  createdAt: timestamp,
};

export const objection = z.strictObject(fields).meta({ id: 'Objection', examples: [OBJECTION] });

/** An objection that waits for an admin's decision. */
const objectionItem = z
  .strictObject({
    ...fields,
    accountId: uuid,
    texts: z.array(z.strictObject({ path: z.string(), text: z.string(), term: z.string() })),
    comment: z.string().nullable(),
  })
  .meta({
    id: 'ObjectionItem',
    examples: [
      {
        ...OBJECTION,
        accountId: '0198c0de-0000-7000-8000-000000000003',
        texts: [{ ...TEXTS[0], term: 'kike' }],
        comment: COMMENT,
      },
    ],
  });
export type ObjectionItem = z.infer<typeof objectionItem>;

export const objectionList = listOf(objectionItem).meta({ id: 'ObjectionList' });

export const decideObjection = z
  .strictObject({ decision: z.enum(OBJECTION_DECISIONS) })
  .meta({ id: 'DecideObjection', examples: [{ decision: 'allowed' }] });

export const decidedObjection = z
  .strictObject({ id: uuid, decision: z.enum(OBJECTION_DECISIONS) })
  .meta({ id: 'DecidedObjection', examples: [{ id: OBJECTION.id, decision: 'allowed' }] });
