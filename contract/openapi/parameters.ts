import { z } from 'zod';
import type { Route, SignatureScheme } from '../route.ts';
import type { Json } from './json.ts';
import { fieldsOf } from './schemas.ts';

/** Printable ASCII, 1 to 255 characters; in double quotes with \" and \\ escaped, or unquoted. */
const IDEMPOTENCY_KEY_PATTERN = String.raw`^(?:[!#-~](?:[ -~]{0,253}[!-~])?|"(?:[ !#-\[\]-~]|\\["\\]){1,255}")$`;

export const COMPONENT_PARAMETERS = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'Makes a retry safe: the same key with the same body returns the same resource; with another body, 422. At most 255 characters, plain or quoted.',
    schema: { type: 'string', pattern: IDEMPOTENCY_KEY_PATTERN },
    example: '8e03978e-40d5-43e8-bc93-6894a57f9324',
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'The ETag of the representation you have: while it is current, the response is 304 without a body.',
    schema: { type: 'string' },
  },
} as const satisfies Record<string, Json>;

const TIMESTAMP = { description: 'Unix time in seconds, at most five minutes old', schema: { type: 'integer' } };
const CALLBACK_ID = {
  description: 'Id of the message; a repeated one is processed once',
  schema: { type: 'string', minLength: 1 },
};

/** Headers of a callback whose raw body the sender has signed. */
const SIGNATURE: Readonly<Record<SignatureScheme, readonly Json[]>> = {
  standard: [
    { name: 'webhook-id', ...CALLBACK_ID },
    { name: 'webhook-timestamp', ...TIMESTAMP },
    {
      name: 'webhook-signature',
      description: '`v1,` followed by the HMAC-SHA256 in base64',
      schema: { type: 'string' },
    },
  ],
  fal: [
    { name: 'x-fal-webhook-request-id', ...CALLBACK_ID },
    { name: 'x-fal-webhook-user-id', description: 'Our user id at fal', schema: { type: 'string' } },
    { name: 'x-fal-webhook-timestamp', ...TIMESTAMP },
    { name: 'x-fal-webhook-signature', description: 'Ed25519, hexadecimal', schema: { type: 'string' } },
  ],
};

const reference = (name: keyof typeof COMPONENT_PARAMETERS): Json => ({ $ref: `#/components/parameters/${name}` });

export function parametersOf(route: Route, isConditional: boolean): Json[] {
  return [
    ...fieldParameters('path', route.params),
    ...fieldParameters('query', route.query),
    ...(route.signed ? SIGNATURE[route.signed].map((header) => ({ ...header, in: 'header', required: true })) : []),
    ...(route.idempotent ? [reference('IdempotencyKey')] : []),
    ...(isConditional ? [reference('IfNoneMatch')] : []),
  ];
}

function fieldParameters(location: 'path' | 'query', schema: z.ZodObject | undefined): Json[] {
  if (schema === undefined) return [];
  const { properties, required } = fieldsOf(schema);
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = property;
    return {
      name,
      in: location,
      required: required.includes(name),
      ...(description !== undefined && { description }),
      schema: rest,
    };
  });
}
