import { describe, expect, it } from 'vitest';
import { LedgerModel } from '../database/ledger-model.ts';
import type { Scene } from '../database/ledger-steps.ts';
import { findViolation, type Operation } from './find-violation.ts';
import { ledgerSpecification, type LedgerInput } from './ledger-specification.ts';

const model = new LedgerModel({ posted: 30, dailyLimit: 4, unfinishedLimit: 3 });
model.requests.push({ id: 'a', price: 20, status: 'requested' }, { id: 'b', price: 20, status: 'requested' });
const scene = { accountId: 'account', avatarIds: ['a0', 'a1', 'b0', 'b1'] } as unknown as Scene;
const specification = ledgerSpecification([{ scene, model }]);

type Called = [LedgerInput['run'], output: string];
const reserve = (input: number, output: string): Called => [{ do: 'reserve', input }, output];
const record = (avatar: number, output: string): Called => [{ do: 'record', input: 0, avatar }, output];
const cancel = (output: string): Called => [{ do: 'release', input: 0, status: 'cancelled' }, output];
const balance = (posted: number, held: number, unfinished: number, today = unfinished): Called => [
  { do: 'read_account' },
  `posted ${posted}, held ${held}, unfinished ${unfinished}, today ${today}`,
];
const status = (output: string): Called => [{ do: 'read_generation', input: 0 }, output];

/** Rounds of calls: those of one round are concurrent, and end before the next round. */
const history = (...rounds: readonly (readonly Called[])[]): Operation<LedgerInput>[] =>
  rounds.flatMap((calls, round) =>
    calls.map(([run, output]) => ({
      input: { accountId: 'account', run },
      output,
      calledAt: round * 2,
      returnedAt: round * 2 + 1,
    })),
  );
const admitted = [reserve(0, 'admitted, first')];

describe('the specification of the ledger', () => {
  it.each<[string, Operation<LedgerInput>[]]>([
    ['one reserve and its replays', history([...admitted, reserve(0, 'admitted'), balance(30, 20, 1)])],
    [
      'one of two reserves, for which the credits suffice',
      history([...admitted, reserve(1, 'refused insufficient_credits')]),
    ],
    ['a capture that beats a release', history(admitted, [record(0, 'recorded, first'), cancel('settled completed')])],
    [
      'a release that beats a capture',
      history(admitted, [record(0, 'lost cancelled'), cancel('released with credits, first')], [balance(30, 0, 0, 1)]),
    ],
  ])('allows %s', (_what, operations) => {
    expect(findViolation(specification, operations)).toBeUndefined();
  });

  it.each<[string, Operation<LedgerInput>[]]>([
    ['two first reserves', history([...admitted, reserve(0, 'admitted, first')])],
    ['two holds of more than the balance', history([...admitted, reserve(1, 'admitted, first')])],
    ['a refusal although the credits suffice', history([reserve(0, 'refused insufficient_credits')])],
    [
      'a capture and a release of one hold',
      history(admitted, [record(0, 'recorded, first'), cancel('released with credits, first')]),
    ],
    ['two avatars for one hold', history(admitted, [record(0, 'recorded, first'), record(1, 'recorded, first')])],
    ['a hold without credits', history(admitted, [balance(30, 0, 1)])],
    ['a charge that is not subtracted', history(admitted, [record(0, 'recorded, first')], [balance(30, 0, 0, 1)])],
    [
      'a charge that is seen before it is made',
      history(admitted, [balance(10, 0, 0, 1)], [record(0, 'recorded, first')]),
    ],
    ['a release that gives the credits to nobody', history(admitted, [cancel('released, first')])],
    [
      'a status that changes back',
      history(admitted, [record(0, 'recorded, first'), status('completed')], [status('pending')]),
    ],
  ])('refuses %s', (_what, operations) => {
    expect(findViolation(specification, operations)).toBeDefined();
  });
});
