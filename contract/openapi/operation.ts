import { UPLOAD_FORMAT_NAMES, UPLOAD_MIME_TYPES } from '#domain/generation/upload-format.ts';
import type { Route } from '../route.ts';
import type { Json } from './json.ts';
import { parametersOf } from './parameters.ts';
import { problemsOf } from './problems.ts';
import { isConditional, repliesOf } from './replies.ts';
import { fieldsOf, mediaType } from './schemas.ts';
import { securityOf } from './security.ts';

/** One route as an OpenAPI operation. */
export function operationOf(operationId: string, route: Route): Json {
  const parameters = parametersOf(route, isConditional(route));
  return {
    operationId,
    tags: [route.tag],
    summary: route.summary,
    security: securityOf(route),
    ...(parameters.length > 0 && { parameters }),
    ...requestBody(route),
    responses: { ...repliesOf(route), ...problemsOf(route) },
  };
}

function requestBody({ body, multipart }: Route): Json {
  if (multipart) return { requestBody: { required: true, content: { 'multipart/form-data': formOf(multipart) } } };
  if (!body) return {};
  const required = !body.safeParse(undefined).success;
  return { requestBody: { required, content: { 'application/json': mediaType(body) } } };
}

/** A multipart body: one file and its text fields. */
function formOf({ file, fields }: NonNullable<Route['multipart']>): Json {
  const { properties, required } = fieldsOf(fields);
  const image = { type: 'string', contentMediaType: 'application/octet-stream', description: UPLOAD_FORMAT_NAMES };
  return {
    schema: {
      type: 'object',
      properties: { [file]: image, ...properties },
      required: [file, ...required],
      additionalProperties: false,
    },
    encoding: { [file]: { contentType: UPLOAD_MIME_TYPES.join(', ') } },
  };
}
