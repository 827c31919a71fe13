import { UNDELIVERABLE } from '../../fakes/faults/undeliverable-image.ts';
import { FAKE_PROVIDERS, type BilledImage } from '../providers/fake-providers.ts';
import type { Check, Evidence } from './check.ts';

/** Of these, a provider is paid although nobody can use the result: buying another is right. */
const UNUSABLE = new Set<string>([...UNDELIVERABLE, 'empty', 'oversized', 'deleted', 'foreign_output']);
/** Failures after which another provider is asked, although this one may have finished in the meantime. */
const GIVEN_UP = new Set(['timeout', 'transient', 'rate_limited']);
/** Failures of a later run, which sent nothing. An earlier one may have: only Hugging Face can't be asked. */
const NOT_REPEATED = new Set(['circuit_open', 'model_circuit_open', 'out_of_service', 'over_budget']);

/** What was bought more than once, and whether it had to be. */
export interface BillSummary {
  /** Images that were paid for. */
  readonly paid: number;
  /** Of these, by provider. */
  readonly paidBy: Readonly<Record<string, number>>;
  /** Two usable images for one generation without such a reason: must not occur. */
  readonly repeated: readonly string[];
  /** Bought again after an attempt had been given up, whose provider finished nevertheless. */
  readonly givenUp: number;
  /** Bought again at Hugging Face, which can't be asked what it did. */
  readonly windowed: number;
}

interface AttemptRow {
  readonly generation_id: string;
  readonly provider: string;
  readonly state: string;
  readonly failure_kind: string | null;
  readonly was_sent: boolean;
}

/** Compares the providers' bills with what was requested: by mark, so that a purchase that nobody recorded counts too. */
export async function summarizeBill({ studio, load }: Pick<Evidence, 'studio' | 'load'>): Promise<BillSummary> {
  const rows = await studio.database.call<AttemptRow>(
    'faults.attempts',
    'SELECT generation_id, provider, state, failure_kind, submitting_at IS NOT NULL AS was_sent FROM provider_attempts ORDER BY ordinal',
    [],
  );
  const attemptsOf = Map.groupBy(rows, ({ generation_id: id }) => id);
  const generationOf = await generationsByMark({ studio, load });
  const bill = studio.providers.bill().filter(({ isPaid }) => isPaid);
  const byMark = Map.groupBy(bill, ({ prompt }) => markIn(prompt));
  const repeated: string[] = [];
  let [givenUp, windowed] = [0, 0];
  for (const [mark, images] of byMark) {
    if (mark === undefined) {
      repeated.push(`${images.length} images were bought for nobody`);
      continue;
    }
    const own = attemptsOf.get(generationOf.get(mark) ?? '') ?? [];
    const counts = FAKE_PROVIDERS.map((provider) => {
      const bought = images.filter((image) => image.provider === provider).length;
      const attempts = own.filter((attempt) => attempt.provider === provider);
      return Math.max(0, bought - countUnusable(studio.providers.faults[provider].predictionFaults(mark), attempts));
    });
    const surplus = Math.max(0, counts.reduce((sum, count) => sum + count, 0) - 1);
    const atHuggingFace = Math.min(surplus, windowOf(images, own, counts));
    const excused = Math.min(surplus - atHuggingFace, own.filter(isGivenUp).length);
    windowed += atHuggingFace;
    givenUp += excused;
    if (surplus > atHuggingFace + excused)
      repeated.push(`${surplus + 1} images were paid for ${mark} (${describe(own)})`);
  }
  const paidBy = Object.fromEntries(
    FAKE_PROVIDERS.map((name) => [name, bill.filter(({ provider }) => provider === name).length]),
  );
  return { paid: bill.length, paidBy, repeated, givenUp, windowed };
}

/**
 * Images that Hugging Face was paid for although their replies were lost: more than one usable one, or more than attempts, of which
 * each buys one. A later image of the same attempt may have been unusable, so that another provider was asked.
 */
function windowOf(images: readonly BilledImage[], attempts: readonly AttemptRow[], usable: readonly number[]): number {
  const ofHuggingFace = ({ provider }: { readonly provider: string }) => provider === 'huggingface';
  const sent = attempts.filter((attempt) => ofHuggingFace(attempt) && attempt.was_sent).length;
  const lost = sent === 0 ? 0 : images.filter(ofHuggingFace).length - sent;
  return Math.max(0, lost, usable[FAKE_PROVIDERS.indexOf('huggingface')]! - 1);
}

/** From the rows, which also exist when no answer arrived; from the answers where an erasure removed the prompt. */
async function generationsByMark({ studio, load }: Pick<Evidence, 'studio' | 'load'>): Promise<Map<unknown, string>> {
  const rows = await studio.database.call<{ id: string; prompt: string }>(
    'faults.prompts',
    `SELECT id, request->>'prompt' AS prompt FROM avatar_generations WHERE request ? 'prompt'`,
    [],
  );
  return new Map([
    ...[...load.journal.accepted.values()].map(({ id, mark }) => [mark, id] as const),
    ...rows.map(({ id, prompt }) => [markIn(prompt), id] as const),
  ]);
}

/** A provider was asked in vain for as long as it was reasonable, so another one was. */
function isGivenUp({ provider, state, failure_kind: kind, was_sent: wasSent }: AttemptRow): boolean {
  if (state !== 'failed') return false;
  return GIVEN_UP.has(kind ?? '') || (provider === 'huggingface' && wasSent && NOT_REPEATED.has(kind ?? ''));
}

/** A file that appears too late is as good as deleted, if the attempt ended by it. */
function countUnusable(faults: readonly string[], attempts: readonly AttemptRow[]): number {
  const late = faults.filter((fault) => fault === 'file_late').length;
  const withoutFile = attempts.filter(({ failure_kind: kind }) => kind === 'corrupt_output').length;
  return faults.filter((fault) => UNUSABLE.has(fault)).length + Math.min(late, withoutFile);
}

function describe(attempts: readonly AttemptRow[]): string {
  return attempts
    .map(({ provider, state, failure_kind: kind }) => `${provider} ${state} ${kind ?? ''}`.trim())
    .join(', ');
}

function markIn(prompt: string): string | undefined {
  return /\bK[bdghjlmnpqrtvwxz]{14}\b/u.exec(prompt)?.[0];
}

/** No image is bought twice where the provider can be asked what it did. */
export const nothingIsBoughtTwice: Check = async (evidence) => [...(await summarizeBill(evidence)).repeated];
