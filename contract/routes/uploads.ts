import { generation } from '../generation.ts';
import type { Route } from '../route.ts';
import { byId } from '../text.ts';
import { inspectedUpload, upload, uploadAvatar, uploadedAvatar, uploadReference } from '../upload.ts';

/** Uploads of images. */
export const uploadsRoutes = {
  uploadAvatar: {
    method: 'post',
    path: '/projects/:id/avatars',
    tag: 'Avatars',
    summary:
      'Create an avatar from an image: 201 with the avatar, or 202 with its generation when it takes more than a few seconds',
    access: 'generations:write',
    params: byId,
    multipart: { file: 'image', fields: uploadAvatar, countedAs: 'upload' },
    idempotent: true,
    replies: { 201: uploadedAvatar, 202: generation },
    problems: [
      'prompt_not_allowed',
      'insufficient_credits',
      'daily_limit',
      'hourly_limit',
      'too_many_pending',
      'image_rejected',
    ],
  },
  createUpload: {
    method: 'post',
    path: '/uploads',
    tag: 'Generations',
    summary: 'Upload a private reference image, stored for a day; free',
    access: 'generations:write',
    multipart: { file: 'image', fields: uploadReference, countedAs: 'upload' },
    idempotent: true,
    replies: { 201: upload },
    problems: ['image_rejected', 'conflict'],
  },
  inspectUpload: {
    method: 'post',
    path: '/uploads/inspections',
    tag: 'Generations',
    summary:
      'Say what an image would be understood as, or refuse it as the other uploads would; free, and nothing is stored',
    access: 'generations:write',
    opensAccount: true,
    multipart: { file: 'image', fields: uploadReference, countedAs: 'inspection' },
    replies: { 200: inspectedUpload },
    problems: ['image_rejected'],
  },
} as const satisfies Record<string, Route>;
