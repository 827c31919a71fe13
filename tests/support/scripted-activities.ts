import type { Activities } from '#activities/create-activities.ts';
import type {
  AdmitResult,
  GenerateImageInput,
  ReleaseInput,
  SavedImage,
  StagedImage,
} from '#activities/activity-types.ts';

/** What the activities of one generation return. */
export interface Script {
  admit?: () => Promise<AdmitResult>;
  generateImage?: (input: GenerateImageInput) => Promise<StagedImage>;
  saveImage?: () => Promise<SavedImage>;
  recordAvatar?: () => Promise<{ kind: 'recorded' | 'lost' }>;
  release?: () => { status: 'completed' | 'failed' | 'cancelled' };
  abandon?: () => Promise<void>;
}

export const staged: StagedImage = { objectName: 'staging/a', attemptId: 'a' };
export const saved = { staged, avatarId: 'avatar' } as SavedImage;
export const plan = [
  { provider: 'replicate', model: 'black-forest-labs/flux-schnell' },
  { provider: 'illustrator', model: 'illustrator-1' },
] as const;
export const admission = { plan: [...plan], staged: null, deadlineMs: 60_000, heartbeatTimeoutMs: 30_000 };
export const admitted: AdmitResult = { outcome: { kind: 'admitted' }, admission };

export const scripts = new Map<string, Script>();
export const calls = new Map<string, string[]>();
export const released = new Map<string, ReleaseInput>();

/** Activities that record their calls and return what the generation's script says, for the real workflow on the real server. */
export function scriptedActivities(): Activities {
  const recordCall = (generationId: string, what: string) => {
    calls.set(generationId, [...(calls.get(generationId) ?? []), what]);
    return scripts.get(generationId) ?? {};
  };
  const saveImage = async ({ generationId }: { generationId: string }) =>
    (recordCall(generationId, 'save').saveImage ?? (async () => saved))();
  const abandon = async ({ generationId }: { generationId: string }) => recordCall(generationId, 'abandon').abandon?.();
  const unscripted = () => Promise.reject(new Error('nothing is scripted here'));
  return {
    local: {
      admit: async ({ generationId }) => (recordCall(generationId, 'admit').admit ?? (async () => admitted))(),
      admitBatch: unscripted,
      recordAvatar: async ({ generationId }) =>
        (recordCall(generationId, 'record').recordAvatar ?? (async () => ({ kind: 'recorded' as const })))(),
      release: async (input) => {
        recordCall(input.generationId, `release ${input.outcome}`);
        released.set(input.generationId, input);
        return scripts.get(input.generationId)?.release?.() ?? { status: input.outcome };
      },
      setPriority: async ({ generationId, priority }) => void recordCall(generationId, `priority ${priority}`),
      saveImage,
      abandon,
    },
    generate: {
      generateImage: async (input) =>
        (recordCall(input.generationId, `generate ${input.provider}`).generateImage ?? (async () => staged))(input),
    },
    publish: {
      saveImage,
      abandon,
      reconcile: async () => ({}),
      auditLedger: unscripted,
      checkProviders: unscripted,
      purgeTrash: unscripted,
      removeOrphanedObjects: unscripted,
      removeAllObjects: unscripted,
      stopGenerations: unscripted,
      endGenerations: unscripted,
      eraseRows: unscripted,
      finishErasure: unscripted,
    },
    webhooks: { tryDelivery: unscripted, deadLetterOldDelivery: unscripted },
  };
}
