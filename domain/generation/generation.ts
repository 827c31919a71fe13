/**
 * The statuses of a generation.
 *
 *     requested -> pending -> processing -> completed
 *         |           |            |
 *         +-----------+------------+-----> failed | cancelled
 *
 * `requested`: stored, nothing held. `pending`: credits held, waiting for a provider. `processing`: being generated, checked or saved.
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

/** The current step of a generation, as shown on its card. */
export const STAGES = ['admitting', 'queued', 'generating', 'checking', 'saving', 'recording', 'done'] as const;
export type Stage = (typeof STAGES)[number];

export const SOURCE_TYPES = ['text_to_image', 'from_preset', 'from_reference', 'upload'] as const;
export type SourceType = (typeof SOURCE_TYPES)[number];

/** Sources for which a provider generates an image; an upload needs none. */
export function needsProvider(source: SourceType): boolean {
  return source !== 'upload';
}
