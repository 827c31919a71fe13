import { z } from 'zod';

/** The text-to-image task's input as the service publishes it, as read in November 2026. */
export const textToImage = z.strictObject({
  inputs: z.string(),
  parameters: z
    .strictObject({
      guidance_scale: z.number().optional(),
      negative_prompt: z.string().optional(),
      num_inference_steps: z.int().optional(),
      width: z.int().max(2048).default(1024),
      height: z.int().max(2048).default(1024),
      scheduler: z.string().optional(),
      seed: z.int().optional(),
    })
    .prefault({}),
});

export const MODELS = [
  'black-forest-labs/FLUX.1-dev',
  'stabilityai/stable-diffusion-3.5-large',
  'stabilityai/stable-diffusion-xl-base-1.0',
] as const;
