import type { z } from 'zod';
import { API_BASE, type ReplyOf, type Route } from '#contract/route.ts';
import { ROUTES, type Routes } from '#contract/routes.ts';
import type { Problem } from '#contract/problem.ts';
import { problemOf } from '../api/api-client.ts';

export type ImageRoute = 'uploadAvatar' | 'createUpload';

export interface ImageRequest {
  readonly token: string | undefined;
  /** The project. */
  readonly id?: string;
  readonly image: Buffer;
  readonly fields?: Readonly<Record<string, string>>;
  /** What the sender calls the file and says that it is; nobody should care. */
  readonly fileName?: string;
  readonly mimeType?: string;
  readonly key?: string;
}

/** Sends a form as a browser does. */
function sendForm(address: string, route: ImageRoute, wish: Omit<ImageRequest, 'image'>, form: FormData) {
  const url = new URL(API_BASE + ROUTES[route].path.replace(':id', wish.id ?? ''), address);
  return fetch(url, {
    method: 'POST',
    headers: {
      ...(wish.token !== undefined && { Authorization: `Bearer ${wish.token}` }),
      ...(wish.key !== undefined && { 'Idempotency-Key': wish.key }),
    },
    body: form,
  });
}

function formOf({ image, fields = {}, fileName = 'me.jpg', mimeType = 'image/jpeg' }: ImageRequest): FormData {
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

/** Sends an image and holds the answer against the contract. @throws when it is a problem */
export async function sendImage<Name extends ImageRoute>(
  address: string,
  route: Name,
  wish: ImageRequest,
): Promise<Answer<ReplyOf<Routes[Name]>['body']>> {
  const response = await sendForm(address, route, wish, formOf(wish));
  const json: unknown = await response.json();
  const schema = (ROUTES[route] as Route).replies[response.status] as z.ZodType | undefined;
  if (schema === undefined) throw new Error(`${route} answered ${response.status}: ${JSON.stringify(json)}`);
  return { status: response.status, body: schema.parse(json) as never, headers: response.headers };
}

/** @throws when the answer is no problem */
export async function sendRejectedImage(
  address: string,
  route: ImageRoute,
  wish: ImageRequest,
): Promise<Answer<Problem>> {
  const response = await sendForm(address, route, wish, formOf(wish));
  return { status: response.status, body: await problemOf(response), headers: response.headers };
}
