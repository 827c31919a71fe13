const ID = '01939ca1-0a1b-7c2d-8e3f-405162738495';
const ACCEPTED_AT = '2026-11-23T08:00:00.000Z';
const STARTED_AT = '2026-11-23T08:00:01.000Z';

/** A running generation: the example wherever a response contains one. */
export const EXAMPLE_GENERATION = {
  id: ID,
  projectId: '01939ca0-11aa-7c40-8b1e-6a1d2f3b4c5d',
  batchId: null,
  retryOf: null,
  retriedAs: null,
  name: 'Lighthouse keeper',
  sourceType: 'text_to_image',
  status: 'processing',
  stage: 'generating',
  version: 3,
  priority: 4,
  price: 10,
  prompt: 'A lighthouse keeper in a yellow coat',
  style: 'watercolor',
  seed: 2_718_281,
  request: { prompt: 'A lighthouse keeper in a yellow coat', style: 'watercolor' },
  queue: null,
  provider: 'replicate',
  model: 'FLUX.1 [dev]',
  costUsd: null,
  attempts: [
    {
      provider: 'replicate',
      model: 'FLUX.1 [dev]',
      state: 'submitted',
      failure: null,
      costUsd: null,
      startedAt: STARTED_AT,
      finishedAt: null,
    },
  ],
  notDrawn: [],
  refusal: null,
  retryAt: null,
  failure: null,
  cancelReason: null,
  creditsReturned: 0,
  avatar: null,
  createdAt: ACCEPTED_AT,
  pendingAt: ACCEPTED_AT,
  processingAt: STARTED_AT,
  finishedAt: null,
};

/** Its provider plan with reasons. */
export const EXAMPLE_CHOICE = [
  {
    provider: 'replicate',
    model: 'FLUX.1 [dev]',
    position: 1,
    reasons: ['best_quality', 'recently_faster'],
    explanation:
      'Nearest to the requested quality; faster recently; $0.025 an image, about 2.1 s, 30 of 30 delivered recently.',
    outcome: 'generating',
    failure: null,
  },
  {
    provider: 'illustrator',
    model: 'Illustrator',
    position: 2,
    reasons: ['last_resort'],
    explanation: 'Always available; $0 an image, about 0.5 s.',
    outcome: 'not_tried',
    failure: null,
  },
  {
    provider: 'fal',
    model: 'FLUX.1 [dev] (fal)',
    position: null,
    reasons: ['circuit_open'],
    explanation: 'Unavailable at the moment, no attempt before 2026-11-23T08:00:30.000Z.',
    outcome: 'not_tried',
    failure: null,
  },
];

/** The live status of its workflow. */
export const EXAMPLE_WORKFLOW = {
  workflowId: `generation-${ID}`,
  runId: '01939ca1-0a1c-7d2e-9f30-415263748596',
  state: 'RUNNING',
  status: {
    stage: 'generating',
    provider: 'replicate',
    model: 'FLUX.1 [dev]',
    priority: 4,
    attempts: [{ provider: 'replicate', model: 'FLUX.1 [dev]', failure: null }],
    times: { pending: ACCEPTED_AT, generating: STARTED_AT },
    failure: null,
  },
  operatorUrl: null,
};
