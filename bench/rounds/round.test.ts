import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Refused, runPaced, runRound } from './round.ts';

const REQUESTS = Array.from({ length: 10 }, (_unused, index) => ({
  id: String(index),
  accountId: 'account',
  projectId: 'project',
  subject: 'subject',
  index,
}));

describe('a round', () => {
  it('has at most so many requests under way', async () => {
    let underWay = 0;
    let most = 0;
    const round = await runRound(REQUESTS, 3, async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await sleep(2);
      underWay -= 1;
      return { answerMs: 1 };
    });
    expect(most).toBe(3);
    expect(round.latenciesMs).toHaveLength(10);
    expect(round.answersMs).toEqual(Array.from({ length: 10 }, () => 1));
  });

  it('fails when a request fails', async () => {
    await expect(runRound(REQUESTS, 2, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  });
});

describe('a paced round', () => {
  it('sends requests although earlier ones are not delivered', async () => {
    const { promise: last, resolve } = Promise.withResolvers<void>();
    let sent = 0;
    const round = await runPaced(REQUESTS, 200, async () => {
      sent += 1;
      if (sent === REQUESTS.length) resolve();
      await last;
      return {};
    });
    // The first is delivered with the last one: a round that waited for it would never end.
    expect(round.latenciesMs).toHaveLength(REQUESTS.length);
    expect(round.answersMs).toEqual([]);
    expect(round.refused).toBe(0);
  });

  it('counts refusals, and fails with any other error', async () => {
    const generate = ({ index }: { readonly index: number }) =>
      index % 5 === 0 ? Promise.reject(new Refused('busy')) : Promise.resolve({ answerMs: 1 });
    const round = await runPaced(REQUESTS, 1_000, generate);
    expect(round).toMatchObject({ refused: 2, answersMs: { length: 8 } });
    await expect(runPaced(REQUESTS, 1_000, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });
});
