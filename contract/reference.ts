import { z } from 'zod';
import { REFERENCE_MODES } from '../domain/mode.ts';
import { uuid } from './text.ts';

const reference = z
  .strictObject({
    avatarId: uuid.optional().meta({ description: 'One of mine' }),
    uploadId: uuid.optional().meta({ description: 'From POST /uploads, not yet expired' }),
  })
  .refine(({ avatarId, uploadId }) => (avatarId === undefined) !== (uploadId === undefined), {
    error: 'name either an avatarId or an uploadId',
  })
  .meta({ id: 'Reference', examples: [{ avatarId: '33333333-3333-4333-8333-333333333333' }] });

/** What a generation body says about the picture it begins with. */
export const referenceFields = {
  reference: reference.optional().meta({ description: 'The picture to begin with; from_reference only' }),
  mode: z.enum(REFERENCE_MODES).optional().meta({
    description:
      'reference (the default): a new picture that follows it; variation: much the same person once more; style: the same picture in another style',
  }),
  strength: z.number().min(0).max(1).optional().meta({
    description: 'How far a variation goes: 0 stays with the original, 1 leaves it. 0.6 where it is left out',
  }),
};

export interface ReferenceBody {
  readonly sourceType: string;
  readonly reference?: z.infer<typeof reference> | undefined;
  readonly mode?: (typeof REFERENCE_MODES)[number] | undefined;
  readonly strength?: number | undefined;
  readonly style?: string | undefined;
}

/** Which of the fields go together. @returns what is wrong, each with the field that is to blame */
export function referenceFaults(body: ReferenceBody): { path: keyof ReferenceBody; message: string }[] {
  const { sourceType, reference: picture, mode, strength, style } = body;
  const faults: { path: keyof ReferenceBody; message: string }[] = [];
  const fault = (isWrong: boolean, path: keyof ReferenceBody, message: string) => {
    if (isWrong) faults.push({ path, message });
  };
  if (sourceType === 'from_reference') {
    fault(picture === undefined, 'reference', 'from_reference needs a reference');
  } else {
    fault(picture !== undefined, 'reference', 'only from_reference takes a reference');
    fault(mode !== undefined, 'mode', 'only from_reference takes a mode');
  }
  fault(mode === 'variation' && picture?.avatarId === undefined, 'reference', 'a variation is of one of your avatars');
  fault(mode === 'style' && style === undefined, 'style', 'say which style it shall be drawn in');
  fault(strength !== undefined && mode !== 'variation', 'strength', 'only a variation takes a strength');
  return faults;
}
