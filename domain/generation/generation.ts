/**
 * The life of one generation.
 *
 *     requested -> pending -> processing -> completed
 *         |           |            |
 *         +-----------+------------+-----> failed | cancelled
 *
 * `requested`: written down, nothing held. `pending`: credits held, waiting for a provider. `processing`: being painted, checked or saved.
 */
export const GENERATION_STATUSES = ['requested', 'pending', 'processing', 'completed', 'failed', 'cancelled'] as const;
export type GenerationStatus = (typeof GENERATION_STATUSES)[number];

const LEGAL_MOVES: Readonly<Record<GenerationStatus, readonly GenerationStatus[]>> = {
  requested: ['pending', 'failed', 'cancelled'],
  pending: ['processing', 'completed', 'failed', 'cancelled'],
  processing: ['completed', 'failed', 'cancelled'],
  completed: [],
  failed: [],
  cancelled: [],
};

export const FINAL_STATUSES = ['completed', 'failed', 'cancelled'] as const satisfies readonly GenerationStatus[];
/** Statuses in which credits are held. */
export const UNFINISHED_STATUSES = ['pending', 'processing'] as const satisfies readonly GenerationStatus[];

export function isFinal(status: GenerationStatus): boolean {
  return LEGAL_MOVES[status].length === 0;
}

export function canMove(from: GenerationStatus, to: GenerationStatus): boolean {
  return LEGAL_MOVES[from].includes(to);
}

/** What a generation is doing, for people: the words on a developing card. */
export const STAGES = ['admitting', 'queued', 'generating', 'checking', 'saving', 'recording', 'done'] as const;
export type Stage = (typeof STAGES)[number];

export const SOURCE_TYPES = ['text_to_image', 'from_preset', 'from_reference', 'upload'] as const;
export type SourceType = (typeof SOURCE_TYPES)[number];

/** What is painted by a provider; an upload is not. */
export function needsProvider(source: SourceType): boolean {
  return source !== 'upload';
}
