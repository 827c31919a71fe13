import type { GenerationStatus } from '../domain/generation.ts';
import type { ProviderFailureKind } from '../domain/provider-failure.ts';
import type { ProviderName } from '../domain/provider.ts';

/** What activities report about their work, for whoever keeps the figures. */
export interface Measurements {
  /** One paid call ended. */
  attemptEnded(attempt: {
    provider: ProviderName;
    model: string;
    outcome: 'succeeded' | 'cancelled' | ProviderFailureKind;
  }): void;
  /** A generation became final here. */
  generationEnded(outcome: Extract<GenerationStatus, 'completed' | 'failed' | 'cancelled'>): void;
  /** How long one step of one generation took, seconds. */
  stepTook(step: 'generateImage' | 'saveImage' | 'recordAvatar' | 'admit', seconds: number): void;
}
