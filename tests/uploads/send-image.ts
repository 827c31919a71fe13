import type { z } from 'zod';
import { API_BASE, type ReplyOf, type Route } from '#contract/route.ts';
import { ROUTES, type Routes } from '#contract/routes.ts';
import type { Problem } from '#contract/problem.ts';
import type { TestUser } from '../api/serve-api.ts';
import { problemOf } from '../api/api-client.ts';
import { CANARY } from '../support/canaries.ts';

export type ImageRoute = 'uploadAvatar' | 'createUpload' | 'inspectUpload';

export interface ImageRequest {
  readonly token: string | undefined;
  /** The project's id. */
  readonly id?: string;
  readonly image: Buffer;
  readonly fields?: Readonly<Record<string, string>>;
  /** The declared file name and type, which the API must not trust. */
  readonly fileName?: string;
  readonly mimeType?: string;
  readonly key?: string;
}

/** An upload of a user into their project. */
export function requestOf(
  { token, projectId: id }: TestUser,
  image: Buffer,
  more: Partial<ImageRequest> = {},
): ImageRequest {
  return { token, id, image, ...more };
}

/** Sends a form as a browser does. */
function sendForm(address: string, route: ImageRoute, request: Omit<ImageRequest, 'image'>, form: FormData) {
  const url = new URL(API_BASE + ROUTES[route].path.replace(':id', request.id ?? ''), address);
  return fetch(url, {
    method: 'POST',
    headers: {
      ...(request.token !== undefined && { Authorization: `Bearer ${request.token}` }),
      ...(request.key !== undefined && { 'Idempotency-Key': request.key }),
    },
    body: form,
  });
}

function formOf({ image, fields = {}, fileName = `${CANARY}.jpg`, mimeType = 'image/jpeg' }: ImageRequest): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('image', new Blob([new Uint8Array(image)], { type: mimeType }), fileName);
  return form;
}

interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

/** Sends an image. @returns the answer, unchecked */
export function sendImageRaw(address: string, route: ImageRoute, request: ImageRequest): Promise<Response> {
  return sendForm(address, route, request, formOf(request));
}

/** Sends an image and checks the answer against the contract. @throws Error when it is a problem */
export async function sendImage<Name extends ImageRoute>(
  address: string,
  route: Name,
  request: ImageRequest,
): Promise<Answer<ReplyOf<Routes[Name]>['body']>> {
  const response = await sendForm(address, route, request, formOf(request));
  const json: unknown = await response.json();
  const schema = (ROUTES[route] as Route).replies[response.status] as z.ZodType | undefined;
  if (schema === undefined) throw new Error(`${route} answered ${response.status}: ${JSON.stringify(json)}`);
  return { status: response.status, body: schema.parse(json) as never, headers: response.headers };
}

/** Sends an image that the API must refuse. @throws Error when the answer is not a problem */
export async function sendRejectedImage(
  address: string,
  route: ImageRoute,
  request: ImageRequest,
): Promise<Answer<Problem>> {
  const response = await sendForm(address, route, request, formOf(request));
  return { status: response.status, body: await problemOf(response), headers: response.headers };
}
