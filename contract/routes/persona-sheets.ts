import { personaSheet } from '../persona-sheet.ts';
import { JPEG_IMAGE, type Route } from '../route.ts';
import { byId } from '../text.ts';

/** Persona sheets for other apps, as JSON and as an image. */
export const personaSheetsRoutes = {
  readPersonaSheet: {
    method: 'get',
    path: '/avatars/:id/sheet',
    tag: 'Avatars',
    summary: 'Read the persona sheet: persona, appearance and image, for apps that show the avatar or speak as it',
    access: 'avatars:read',
    onBehalf: true,
    params: byId,
    replies: { 200: personaSheet },
  },
  readPersonaCard: {
    method: 'get',
    path: '/avatars/:id/card',
    tag: 'Avatars',
    summary: 'Read the persona sheet as an image, 1200 × 630 pixels',
    access: 'avatars:read',
    onBehalf: true,
    params: byId,
    replies: { 200: JPEG_IMAGE },
    problems: ['unavailable'],
  },
} as const satisfies Record<string, Route>;
