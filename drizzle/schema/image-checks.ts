import { pgTable, text, uuid } from '../orm.ts';
import { IMAGE_CHECK_OUTCOMES } from '#domain/moderation/review.ts';
import { DOCUMENTS } from '#drizzle/documents/documents.ts';
import { boundedObject, oneOf } from './checks.ts';
import { createdAt, document } from './columns.ts';
import { generations } from './generations.ts';

const SCORES_MAX_BYTES = 1_000;

/** The outcome of a generation's image check; inserted before the avatar, whose review state follows from it. */
export const imageChecks = pgTable(
  'image_checks',
  {
    generationId: uuid('generation_id')
      .primaryKey()
      .references(() => generations.id, { onDelete: 'cascade' }),
    outcome: text('outcome', { enum: IMAGE_CHECK_OUTCOMES }).notNull(),
    scores: document('scores', DOCUMENTS.scores).notNull(),
    createdAt: createdAt(),
  },
  () => [
    oneOf('image_checks', 'outcome', IMAGE_CHECK_OUTCOMES),
    boundedObject('image_checks', 'scores', SCORES_MAX_BYTES),
  ],
);
