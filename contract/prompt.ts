import { z } from 'zod';
import { ENHANCEMENTS } from '#domain/prompt/enhancement.ts';
import { PROMPT_PARTS } from '#domain/prompt/prompt-builder.ts';
import { PROMPT_MAX_LENGTH } from '#domain/prompt/prompt-text.ts';
import { REFERENCE_LIMITS } from '#domain/provider/offers.ts';
import { PROVIDERS } from '#domain/provider/provider.ts';
import { STYLES } from '#domain/prompt/style.ts';
import { visualAttributes } from './avatar.ts';
import { text, uuid } from './text.ts';

export const previewQuery = z.strictObject({
  projectId: uuid.optional().meta({ description: 'The project whose defaults are applied' }),
});

/** POST /prompts/preview: the final prompt, price and provider plan of a generation body. Nothing is charged. */
export const promptPreview = z
  .strictObject({
    prompt: z.string().meta({ description: 'Exactly the prompt that the provider receives' }),
    negativePrompt: z
      .string()
      .nullable()
      .meta({ description: 'For providers that accept a seed; null when none is planned' }),
    parts: z.array(
      z.strictObject({
        from: z.enum(PROMPT_PARTS),
        text: z.string(),
        reason: z.string().meta({ description: 'Human-readable' }),
      }),
    ),
    price: z.number().int().meta({ description: 'Credits' }),
    seed: z.number().int().nullable().meta({ description: 'Null: a random one is chosen' }),
    plan: z
      .array(
        z.strictObject({
          provider: z.enum(PROVIDERS),
          model: z.string().meta({ description: "The model's readable name" }),
          costUsd: z.number().meta({ description: "The provider's list price" }),
          typicalSeconds: z.number().meta({ description: 'Approximate, without the time in the queue' }),
          limit: z.enum(REFERENCE_LIMITS).nullable().meta({
            description: 'colors_only: of the reference image, this model takes only the colors',
          }),
        }),
      )
      .meta({ description: 'Candidates in order; the next one is used only when one fails' }),
  })
  .meta({
    id: 'PromptPreview',
    examples: [
      {
        prompt: 'A tavern keeper with tired eyes. Head and shoulders, centered, facing the viewer.',
        negativePrompt: null,
        parts: [
          { from: 'text', text: 'A tavern keeper with tired eyes', reason: 'Your prompt' },
          {
            from: 'framing',
            text: 'Head and shoulders, centered, facing the viewer',
            reason: 'Makes it a portrait that fits a round frame',
          },
        ],
        price: 10,
        seed: null,
        plan: [{ provider: 'replicate', model: 'FLUX.1 [dev]', costUsd: 0.025, typicalSeconds: 3, limit: null }],
      },
    ],
  });
export type PromptPreview = z.infer<typeof promptPreview>;

export const suggestPrompts = z
  .strictObject({
    text: text(PROMPT_MAX_LENGTH, 0).optional().meta({ description: 'The text typed so far' }),
    attributes: visualAttributes.optional(),
    style: z.enum(STYLES).optional(),
  })
  .meta({ id: 'SuggestPrompts', examples: [{ text: 'a lighthouse k', style: 'noir' }] });

const SUGGESTION_SOURCES = ['history', 'preset', 'lexicon'] as const;

export const promptSuggestions = z
  .strictObject({
    suggestions: z
      .array(
        z.strictObject({
          prompt: z.string().meta({ description: 'The complete prompt with the suggestion applied' }),
          from: z.enum(SUGGESTION_SOURCES),
          reason: z.string().meta({ description: 'Human-readable' }),
        }),
      )
      .max(10),
  })
  .meta({
    id: 'PromptSuggestions',
    examples: [
      {
        suggestions: [
          {
            prompt: 'a lighthouse keeper in a yellow coat',
            from: 'history',
            reason: 'You generated an avatar from this',
          },
        ],
      },
    ],
  });
export type PromptSuggestions = z.infer<typeof promptSuggestions>;

export const enhancePrompt = z
  .strictObject({
    prompt: text(PROMPT_MAX_LENGTH),
    attributes: visualAttributes.optional(),
    style: z.enum(STYLES).optional(),
  })
  .meta({ id: 'EnhancePrompt', examples: [{ prompt: 'a smith' }] });

export const enhancedPrompt = z
  .strictObject({
    prompt: z.string(),
    changes: z
      .array(
        z.strictObject({
          kind: z.enum(ENHANCEMENTS),
          added: z.string(),
          reason: z.string().meta({ description: 'Human-readable' }),
        }),
      )
      .meta({ description: 'Empty when nothing was added' }),
  })
  .meta({
    id: 'EnhancedPrompt',
    examples: [
      {
        prompt: 'a smith, head and shoulders',
        changes: [{ kind: 'framing', added: 'head and shoulders', reason: 'Says how much of the person is seen' }],
      },
    ],
  });
