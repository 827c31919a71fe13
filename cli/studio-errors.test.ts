import { describe, expect, it } from 'vitest';
import { explainProblem, refusalFrom } from './studio-errors.ts';

const BASE = { type: 'about:blank', requestId: 'r-1' } as const;

describe('the message of an API problem', () => {
  it('states the price and the available credits', () => {
    const text = explainProblem({
      ...BASE,
      status: 402,
      code: 'insufficient_credits',
      title: 'Not enough credits',
      required: 10,
      available: 4,
    });
    expect(text).toBe('Not enough credits: this costs 10, and 4 are available.');
  });

  it('names each invalid field', () => {
    const errors = [{ path: 'options.seed', message: 'too big' }];
    const text = explainProblem({ ...BASE, status: 400, code: 'validation_failed', title: 'Not valid', errors });
    expect(text).toBe('Not valid.\n  options.seed: too big');
  });

  it('states when to try again after a rate limit', () => {
    const text = explainProblem(
      { ...BASE, status: 429, code: 'rate_limited', title: 'Too many requests', detail: '300 a minute' },
      '17',
    );
    expect(text).toBe('Too many requests: 300 a minute\nTry again in 17 s.');
  });

  it('includes the request id for a server error', () => {
    const text = explainProblem({ ...BASE, status: 500, code: 'internal', title: 'Something went wrong' });
    expect(text).toBe('Something went wrong.\n(request r-1)');
  });

  it("states the status when a proxy's page is returned instead", async () => {
    const refusal = await refusalFrom(new Response('<html>', { status: 502 }));
    expect(refusal).toMatchObject({ status: 502, code: undefined, message: 'The studio responded with status 502.' });
  });
});
