import { z } from 'zod';
import { DEFAULT_STRENGTH, REFERENCE_MODES } from '#domain/generation/mode.ts';
import { uuid } from './text.ts';

const reference = z
  .strictObject({
    avatarId: uuid.optional().meta({ description: 'An avatar of the caller' }),
    uploadId: uuid.optional().meta({ description: 'From POST /uploads, not yet expired' }),
  })
  .refine(({ avatarId, uploadId }) => (avatarId === undefined) !== (uploadId === undefined), {
    error: 'name either an avatarId or an uploadId',
  })
  .meta({
    id: 'Reference',
    examples: [{ avatarId: '33333333-3333-4333-8333-333333333333' }],
    oneOf: [{ required: ['avatarId'] }, { required: ['uploadId'] }],
  });

/** The reference image of a generation body. */
export const referenceFields = {
  reference: reference.optional().meta({ description: 'The reference image; only with from_reference' }),
  mode: z.enum(REFERENCE_MODES).optional().meta({
    description:
      'reference (the default): a new image of the same person; variation: a similar image of the same person; style: the same image in another style',
  }),
  strength: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .meta({
      description: `How far a variation departs from the original: 0 stays close, 1 changes most. Default: ${DEFAULT_STRENGTH}`,
    }),
};

export interface ReferenceBody {
  readonly sourceType: string;
  readonly reference?: z.infer<typeof reference> | undefined;
  readonly mode?: (typeof REFERENCE_MODES)[number] | undefined;
  readonly strength?: number | undefined;
  readonly style?: string | undefined;
}

/** {@link referenceFaults} and the other rules between fields of a generation body, as JSON Schema. */
export const GENERATION_SHAPES = [
  shape('text_to_image', { required: ['prompt'], without: ['presetId', 'reference', 'mode', 'strength'] }),
  shape('from_preset', { required: ['presetId'], without: ['reference', 'mode', 'strength'] }),
  shape('from_reference', { required: ['reference'], without: ['presetId', 'strength'], mode: 'reference' }),
  shape('from_reference', {
    required: ['reference', 'mode', 'style'],
    without: ['presetId', 'strength'],
    mode: 'style',
  }),
  shape('from_reference', { required: ['reference', 'mode'], without: ['presetId'], mode: 'variation' }),
];

function shape(
  sourceType: string,
  { required, without, mode }: { required: string[]; without: string[]; mode?: (typeof REFERENCE_MODES)[number] },
) {
  return {
    title: mode ?? sourceType,
    required,
    properties: {
      sourceType: { const: sourceType },
      ...(mode !== undefined && { mode: { const: mode } }),
      ...(mode === 'variation' && {
        reference: { properties: { avatarId: { type: 'string' } }, required: ['avatarId'] },
      }),
      ...Object.fromEntries(without.map((field) => [field, false])),
    },
  };
}

/** Checks the rules between fields. @returns the errors, each with the field that it concerns */
export function referenceFaults(body: ReferenceBody): { path: keyof ReferenceBody; message: string }[] {
  const { sourceType, reference: image, mode, strength, style } = body;
  const faults: { path: keyof ReferenceBody; message: string }[] = [];
  const fault = (isWrong: boolean, path: keyof ReferenceBody, message: string) => {
    if (isWrong) faults.push({ path, message });
  };
  if (sourceType === 'from_reference') {
    fault(image === undefined, 'reference', 'from_reference needs a reference');
  } else {
    fault(image !== undefined, 'reference', 'only from_reference takes a reference');
    fault(mode !== undefined, 'mode', 'only from_reference takes a mode');
  }
  fault(
    mode === 'variation' && image?.avatarId === undefined,
    'reference',
    'a variation needs the avatarId of one of your avatars',
  );
  fault(mode === 'style' && style === undefined, 'style', 'is required with the mode style');
  fault(strength !== undefined && mode !== 'variation', 'strength', 'only a variation takes a strength');
  return faults;
}
