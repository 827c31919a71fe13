import { z } from 'zod';
import { readVariables } from '#process/read-variables.ts';

/** Environment variables of `serve-images.ts`, which are the API's. */
const schema = z.object({
  GCS_ENDPOINT: z.url(),
  GCS_PRIVATE_KEY_FILE: z.string().min(1),
});

export type ImagesEnv = z.infer<typeof schema>;
export const IMAGES_VARIABLES = schema.shape;

/** @throws Error with a one-line message that names each wrong variable and its fault */
export function readImagesEnv(source: NodeJS.ProcessEnv): ImagesEnv {
  return readVariables(schema, source);
}
