import { describe, expect, it } from 'vitest';
import { explainProblem, refusalFrom } from './studio-errors.ts';

const BASE = { type: 'about:blank', requestId: 'r-1' } as const;

describe('a problem of the API', () => {
  it('about credits says what it costs and what there is', () => {
    const text = explainProblem({
      ...BASE,
      status: 402,
      code: 'insufficient_credits',
      title: 'Not enough credits',
      required: 10,
      available: 4,
    });
    expect(text).toBe('Not enough credits: this costs 10, and there are 4.');
  });

  it('about the request names each field', () => {
    const errors = [{ path: 'options.seed', message: 'too big' }];
    const text = explainProblem({ ...BASE, status: 400, code: 'validation_failed', title: 'Not valid', errors });
    expect(text).toBe('Not valid.\n  options.seed: too big');
  });

  it('about limits says when to come back', () => {
    const text = explainProblem(
      { ...BASE, status: 429, code: 'rate_limited', title: 'Too many requests', detail: '300 a minute' },
      '17',
    );
    expect(text).toBe('Too many requests: 300 a minute\nTry again in 17 s.');
  });

  it('on our side carries the request id for a report', () => {
    const text = explainProblem({ ...BASE, status: 500, code: 'internal', title: 'Something went wrong' });
    expect(text).toBe('Something went wrong.\n(request r-1)');
  });

  it("is named by its status when a proxy's page comes instead", async () => {
    const refusal = await refusalFrom(new Response('<html>', { status: 502 }));
    expect(refusal).toMatchObject({ status: 502, code: undefined, message: 'The studio answered with status 502.' });
  });
});
