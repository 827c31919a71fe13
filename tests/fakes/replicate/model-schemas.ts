import { z } from 'zod';

const OPEN_ASPECTS = ['1:1', '16:9', '21:9', '3:2', '2:3', '4:5', '5:4', '3:4', '4:3', '9:16', '9:21'] as const;
const FORMATS = ['webp', 'jpg', 'png'] as const;

const openInput = {
  prompt: z.string(),
  seed: z.int().optional(),
  aspect_ratio: z.enum(OPEN_ASPECTS).default('1:1'),
  megapixels: z.enum(['1', '0.25']).default('1'),
  num_outputs: z.int().min(1).max(4).default(1),
  output_format: z.enum(FORMATS).default('webp'),
  output_quality: z.int().min(0).max(100).default(80),
  disable_safety_checker: z.boolean().default(false),
  go_fast: z.boolean().default(true),
};

const reduxInput = {
  redux_image: z.url(),
  seed: z.int().optional(),
  aspect_ratio: z.enum(OPEN_ASPECTS).default('1:1'),
  megapixels: z.enum(['1', '0.25']).default('1'),
  num_outputs: z.int().min(1).max(4).default(1),
  output_format: z.enum(FORMATS).default('webp'),
  output_quality: z.int().min(0).max(100).default(80),
  disable_safety_checker: z.boolean().default(false),
};

/** The input schemas the service publishes for each model, as read in November 2026. */
export const MODEL_SCHEMAS = {
  'black-forest-labs/flux-schnell': z.strictObject({
    ...openInput,
    num_inference_steps: z.int().min(1).max(4).default(4),
  }),
  'black-forest-labs/flux-dev': z.strictObject({
    ...openInput,
    num_inference_steps: z.int().min(1).max(50).default(28),
    guidance: z.number().min(0).max(10).default(3),
    image: z.url().optional(),
    prompt_strength: z.number().min(0).max(1).default(0.8),
  }),
  'black-forest-labs/flux-1.1-pro': z.strictObject({
    prompt: z.string(),
    seed: z.int().optional(),
    image_prompt: z.url().optional(),
    aspect_ratio: z.enum(['custom', '1:1', '16:9', '3:2', '2:3', '4:5', '5:4', '9:16', '3:4', '4:3']).default('1:1'),
    width: z.int().min(256).max(1440).optional(),
    height: z.int().min(256).max(1440).optional(),
    safety_tolerance: z.int().min(1).max(6).default(2),
    prompt_upsampling: z.boolean().default(false),
    output_format: z.enum(FORMATS).default('webp'),
    output_quality: z.int().min(0).max(100).default(80),
  }),
  'black-forest-labs/flux-kontext-pro': z.strictObject({
    prompt: z.string(),
    input_image: z.url().optional(),
    seed: z.int().optional(),
    aspect_ratio: z.enum(['match_input_image', ...OPEN_ASPECTS, '2:1', '1:2']).default('match_input_image'),
    prompt_upsampling: z.boolean().default(false),
    // With an image, the service allows at most 2.
    safety_tolerance: z.int().min(0).max(2).default(2),
    output_format: z.enum(['jpg', 'png']).default('png'),
  }),
  'black-forest-labs/flux-redux-dev': z.strictObject({
    ...reduxInput,
    num_inference_steps: z.int().min(1).max(50).default(28),
    guidance: z.number().min(0).max(10).default(3),
  }),
  'black-forest-labs/flux-redux-schnell': z.strictObject({
    ...reduxInput,
    num_inference_steps: z.int().min(1).max(4).default(4),
  }),
} as const;

export type ModelName = keyof typeof MODEL_SCHEMAS;
export type ModelInput = z.infer<(typeof MODEL_SCHEMAS)[ModelName]>;

export function isModel(name: string): name is ModelName {
  return name in MODEL_SCHEMAS;
}

/** The prompt; empty for Redux, which has none. */
export function promptOf(input: ModelInput): string {
  return 'prompt' in input ? input.prompt : '';
}

const IMAGE_FIELDS = ['image', 'image_prompt', 'input_image', 'redux_image'] as const;

/** The reference image in the input, as bytes; undefined for a text prompt alone. */
export function imageOf(input: ModelInput): Buffer | undefined {
  const fields: Partial<Record<string, unknown>> = input;
  const sent = IMAGE_FIELDS.map((field) => fields[field]).find((value) => value !== undefined);
  const base64 = /^data:image\/(?:jpeg|png|webp|gif);base64,(.+)$/.exec(String(sent ?? ''))?.[1];
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
}
