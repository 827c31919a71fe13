import { z } from 'zod';
import { persona, visualAttributes } from './avatar.ts';
import { timestamp, uuid } from './text.ts';

/** An avatar's persona, appearance and image, for apps that show the avatar or speak as it. */
export const personaSheet = z
  .strictObject({
    avatarId: uuid,
    name: z.string(),
    persona,
    attributes: visualAttributes,
    lines: z.array(z.string()).meta({ description: 'Personality, appearance and style as text' }),
    imageUrl: z.string().nullable().meta({ description: 'Signed URL; null while it needs review' }),
    thumbnailUrl: z.string().nullable(),
    cardUrl: z.string().meta({ description: 'The sheet as an image, requested with the same token' }),
    credit: z.string().nullable().meta({ description: 'Credit that the provider requires to be shown' }),
    updatedAt: timestamp,
  })
  .meta({
    id: 'PersonaSheet',
    examples: [
      {
        avatarId: '01939ca1-5c1e-7b53-9d51-2f8e3c9a7e10',
        name: 'Ysolde',
        persona: { name: 'Ysolde', age: 61, personality: ['wry', 'patient'], background: 'Keeps the lighthouse.' },
        attributes: { gender: 'woman', ageRange: '60+', hairColor: 'silver', style: 'fantasy' },
        lines: ['61 years old, wry, patient', 'Woman over 60, silver hair', 'Fantasy'],
        imageUrl: 'https://storage.googleapis.com/avatars/image.webp?X-Goog-Signature=…',
        thumbnailUrl: 'https://storage.googleapis.com/avatars/thumb.webp?X-Goog-Signature=…',
        cardUrl: '/api/v1/avatars/01939ca1-5c1e-7b53-9d51-2f8e3c9a7e10/card',
        credit: null,
        updatedAt: '2026-11-23T08:00:09.000Z',
      },
    ],
  });
export type PersonaSheet = z.infer<typeof personaSheet>;
