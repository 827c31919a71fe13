import { z } from 'zod';

const every = {
  prompt: z.string(),
  seed: z.int().optional(),
  sync_mode: z.boolean().default(false),
  num_images: z.int().min(1).max(4).default(1),
  output_format: z.enum(['jpeg', 'png']).default('jpeg'),
};
const open = {
  ...every,
  enable_safety_checker: z.boolean().default(true),
  guidance_scale: z.number().min(1).max(20).default(3.5),
  acceleration: z.enum(['none', 'regular', 'high']).default('none'),
};
const pro = { ...every, safety_tolerance: z.enum(['1', '2', '3', '4', '5', '6']).default('2') };

const side = z.int().min(1).max(14_142);
const imageSize = z
  .union([
    z.enum(['square_hd', 'square', 'portrait_4_3', 'portrait_16_9', 'landscape_4_3', 'landscape_16_9']),
    z.strictObject({ width: side, height: side }),
  ])
  .default('landscape_4_3');
const KONTEXT_ASPECTS = ['21:9', '16:9', '4:3', '3:2', '1:1', '2:3', '3:4', '9:16', '9:21'] as const;

/** The input schemas the service publishes for each model, as read in November 2026. */
export const MODEL_SCHEMAS = {
  'fal-ai/flux/schnell': z.strictObject({
    ...open,
    image_size: imageSize,
    num_inference_steps: z.int().min(1).max(12).default(4),
  }),
  'fal-ai/flux/dev': z.strictObject({
    ...open,
    image_size: imageSize,
    num_inference_steps: z.int().min(1).max(50).default(28),
  }),
  'fal-ai/flux/dev/image-to-image': z.strictObject({
    ...open,
    image_url: z.url(),
    strength: z.number().min(0.01).max(1).default(0.95),
    num_inference_steps: z.int().min(10).max(50).default(40),
  }),
  'fal-ai/flux-pro/v1.1': z.strictObject({ ...pro, image_size: imageSize }),
  'fal-ai/flux-pro/kontext': z.strictObject({
    ...pro,
    image_url: z.url(),
    guidance_scale: z.number().min(1).max(20).default(3.5),
    aspect_ratio: z.enum(KONTEXT_ASPECTS).optional(),
  }),
};
export type ModelName = keyof typeof MODEL_SCHEMAS;
export type ModelInput = z.infer<(typeof MODEL_SCHEMAS)[ModelName]>;

export function isModel(name: string): name is ModelName {
  return Object.hasOwn(MODEL_SCHEMAS, name);
}
