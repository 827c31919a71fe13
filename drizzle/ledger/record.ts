import type { Persona } from '#contract/avatar.ts';
import type { Recipe } from '#contract/recipe.ts';
import type { VisualAttributes } from '#domain/persona/attributes.ts';
import type { GenerationStatus } from '#domain/generation/generation.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { Style } from '#domain/prompt/style.ts';
import type { Database } from '../connection/database.ts';
import { serverError } from '../connection/transient.ts';
import { writeDocument } from '../documents/document-kind.ts';
import { DOCUMENTS } from '../documents/documents.ts';
import { step, UnknownInLedger } from './step.ts';

/** The avatar to record and the names of its objects. Account, project and source type come from the generation. */
export interface NewAvatar {
  readonly id: string;
  readonly name: string;
  readonly persona: Persona;
  readonly attributes: VisualAttributes;
  readonly style: Style | null;
  readonly prompt: string | null;
  readonly seed: number | null;
  readonly provider: ProviderName | null;
  readonly model: string | null;
  readonly costUsd: number | null;
  readonly credit: string | null;
  readonly image: { readonly object: string; readonly bytes: number; readonly sha256: string };
  readonly thumbnail: { readonly object: string; readonly bytes: number };
  readonly widthPx: number;
  readonly heightPx: number;
  /** Base64. */
  readonly thumbhash: string | null;
  /** Perceptual hash: 64 binary digits; null or omitted if unknown. */
  readonly phash?: string | null;
  /** Null for an upload. */
  readonly recipe?: Recipe | null;
}

export type RecordOutcome =
  /** Charged and delivered. `replay`: this very avatar was recorded before. */
  | { readonly kind: 'recorded'; readonly replay: boolean }
  /** A cancel was requested before: nothing is charged, so release the hold. */
  | { readonly kind: 'cancelled' }
  /** Another process settled the generation first: discard this avatar's objects. `avatarId`: the one that was delivered instead. */
  | { readonly kind: 'lost'; readonly status: GenerationStatus; readonly avatarId: string | null }
  /** The project was deleted in the meantime: the avatar can't be delivered, so release the hold. */
  | { readonly kind: 'project_deleted' };

export interface Delivered {
  readonly outcome: RecordOutcome;
  readonly leftovers: string[];
}

interface DeliveredRow {
  readonly outcome: string;
  readonly status: GenerationStatus;
  readonly avatar_id: string | null;
  readonly leftovers: string[];
}

/** Violated when the project is deleted between two statements of the step. */
const PROJECT_CONSTRAINT = 'avatars_project';
const NOT_NULL_VIOLATION = '23502';

/**
 * Delivers an avatar: capture, avatar, objects, `completed` and notification in one transaction. The point of no return; idempotent.
 * @throws UnknownInLedger when there is no such generation or it was never admitted
 */
export async function record(database: Database, generationId: string, avatar: NewAvatar): Promise<RecordOutcome> {
  return (await deliver(database, generationId, avatar)).outcome;
}

/** The same, and returns the names of the generation's objects that no avatar needs, such as the staged image. */
export async function deliver(database: Database, generationId: string, avatar: NewAvatar): Promise<Delivered> {
  const document = JSON.stringify({
    id: avatar.id,
    name: avatar.name,
    persona: writeDocument(DOCUMENTS.persona, avatar.persona),
    attributes: writeDocument(DOCUMENTS.attributes, avatar.attributes),
    style: avatar.style,
    prompt: avatar.prompt,
    seed: avatar.seed,
    provider: avatar.provider,
    model: avatar.model,
    cost_usd: avatar.costUsd,
    credit: avatar.credit,
    image_object: avatar.image.object,
    image_bytes: avatar.image.bytes,
    sha256: avatar.image.sha256,
    thumbnail_object: avatar.thumbnail.object,
    thumbnail_bytes: avatar.thumbnail.bytes,
    width: avatar.widthPx,
    height: avatar.heightPx,
    thumbhash: avatar.thumbhash,
    recipe: avatar.recipe ? writeDocument(DOCUMENTS.recipe, avatar.recipe) : null,
    phash: avatar.phash ?? null,
  });
  try {
    const row = await step<DeliveredRow>(
      database,
      'ledger.record',
      'SELECT outcome, status, avatar_id, leftovers FROM deliver_avatar($1, $2)',
      [generationId, document],
    );
    if (row.outcome === 'unknown' || row.outcome === 'not_held') {
      throw new UnknownInLedger(`Generation ${generationId} is ${row.outcome}`);
    }
    return { outcome: outcomeOf(row), leftovers: row.leftovers };
  } catch (error) {
    const refused = serverError(error);
    const projectDeleted =
      refused?.constraint === PROJECT_CONSTRAINT ||
      (refused?.code === NOT_NULL_VIOLATION && refused.column === 'project_id');
    if (projectDeleted) return { outcome: { kind: 'project_deleted' }, leftovers: [] };
    throw error;
  }
}

function outcomeOf({ outcome, status, avatar_id: avatarId }: DeliveredRow): RecordOutcome {
  if (outcome === 'project_deleted' || outcome === 'cancelled') return { kind: outcome };
  if (outcome === 'lost') return { kind: 'lost', status, avatarId };
  return { kind: 'recorded', replay: outcome === 'replayed' };
}
