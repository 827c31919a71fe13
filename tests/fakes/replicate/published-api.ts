import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

const time = { type: 'string', format: 'date-time' };
const address = { type: 'string', format: 'uri' };

/** The shape of a prediction in the service's OpenAPI description, as read in November 2026. */
const predictionSchema = {
  type: 'object',
  required: ['id', 'model', 'version', 'input', 'output', 'data_removed', 'error', 'status', 'created_at', 'urls'],
  properties: {
    id: { type: 'string' },
    model: { type: 'string' },
    version: { type: 'string' },
    input: { type: 'object' },
    output: {},
    data_removed: { type: 'boolean' },
    error: { type: ['string', 'null'] },
    logs: { type: 'string' },
    source: { enum: ['web', 'api'] },
    webhook: address,
    status: { enum: ['starting', 'processing', 'succeeded', 'failed', 'canceled', 'aborted'] },
    created_at: time,
    started_at: time,
    completed_at: time,
    deadline: time,
    metrics: { type: 'object', properties: { total_time: { type: 'number' } } },
    urls: {
      type: 'object',
      required: ['web', 'get', 'cancel'],
      properties: { web: address, get: address, cancel: address, stream: address },
    },
  },
  additionalProperties: false,
};

const pageSchema = {
  type: 'object',
  required: ['next', 'previous', 'results'],
  properties: {
    next: { type: ['string', 'null'], format: 'uri' },
    previous: { type: ['string', 'null'], format: 'uri' },
    results: { type: 'array', items: predictionSchema, maxItems: 100 },
  },
  additionalProperties: false,
};

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
addFormats.default(ajv);

export const isPublishedPrediction = ajv.compile(predictionSchema);
export const isPublishedPage = ajv.compile(pageSchema);

/** Empty when the value has the published shape; else what is wrong with it. */
export function deviations(check: ValidateFunction, value: unknown): string[] {
  return check(value) ? [] : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
