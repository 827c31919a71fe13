import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

const time = { type: 'string', format: 'date-time' };
const address = { type: 'string', format: 'uri' };
const work = {
  request_id: { type: 'string' },
  response_url: address,
  status_url: address,
  cancel_url: address,
  queue_position: { type: 'integer', minimum: 0 },
  logs: { type: ['array', 'null'] },
  metrics: { type: 'object' },
  error: { type: 'string' },
  error_type: { type: 'string' },
};

/** The queue's answers in the service's OpenAPI description, as read in November 2026. */
const queueSchema = {
  type: 'object',
  required: ['status', 'request_id'],
  properties: { ...work, status: { enum: ['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED'] } },
  additionalProperties: false,
};

const cancelSchema = {
  type: 'object',
  required: ['status'],
  properties: { status: { enum: ['CANCELLATION_REQUESTED', 'ALREADY_COMPLETED', 'NOT_FOUND'] } },
  additionalProperties: false,
};

/** What the FLUX endpoints answer with. */
const outputSchema = {
  type: 'object',
  required: ['images', 'timings', 'seed', 'has_nsfw_concepts', 'prompt'],
  properties: {
    images: {
      type: 'array',
      items: {
        type: 'object',
        required: ['url'],
        properties: {
          url: address,
          width: { type: 'integer' },
          height: { type: 'integer' },
          content_type: { type: 'string' },
        },
        additionalProperties: false,
      },
    },
    timings: { type: 'object' },
    seed: { type: 'integer' },
    has_nsfw_concepts: { type: 'array', items: { type: 'boolean' } },
    prompt: { type: 'string' },
  },
  additionalProperties: false,
};

const modelErrorSchema = {
  type: 'object',
  required: ['detail'],
  properties: {
    detail: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['loc', 'msg', 'type'],
        properties: {
          loc: { type: 'array', items: { type: ['string', 'integer'] } },
          msg: { type: 'string' },
          type: { type: 'string' },
          url: address,
          ctx: { type: 'object' },
          input: {},
        },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
};

const platformErrorSchema = {
  type: 'object',
  required: ['detail', 'error_type'],
  properties: { detail: { type: 'string' }, error_type: { type: 'string' } },
  additionalProperties: false,
};

const historySchema = {
  type: 'object',
  required: ['items', 'next_cursor', 'has_more'],
  properties: {
    items: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        required: ['request_id', 'endpoint_id', 'sent_at'],
        properties: {
          request_id: { type: 'string' },
          endpoint_id: { type: 'string' },
          sent_at: time,
          started_at: time,
          ended_at: time,
          status_code: { type: 'integer' },
          duration: { type: 'number' },
          json_input: { type: 'object' },
          json_output: { type: 'object' },
        },
        additionalProperties: false,
      },
    },
    next_cursor: { type: ['string', 'null'] },
    has_more: { type: 'boolean' },
  },
  additionalProperties: false,
};

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
addFormats.default(ajv);

const PUBLISHED = {
  queue: ajv.compile(queueSchema),
  cancel: ajv.compile(cancelSchema),
  output: ajv.compile(outputSchema),
  modelError: ajv.compile(modelErrorSchema),
  platformError: ajv.compile(platformErrorSchema),
  history: ajv.compile(historySchema),
} satisfies Record<string, ValidateFunction>;

/** Empty when the value has the published shape; else what is wrong with it. */
export function deviations(shape: keyof typeof PUBLISHED, value: unknown): string[] {
  const check = PUBLISHED[shape];
  return check(value) ? [] : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
