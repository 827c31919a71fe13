import { expect, it } from 'vitest';
import { describeTransfer } from './describe-transfer.ts';

it.each([
  ['topup', '+1\u202F200', 'in'],
  ['reserve', '\u22121\u202F200', 'out'],
  ['capture', '0', 'none'],
  ['release', '+1\u202F200', 'in'],
  ['refund', '+1\u202F200', 'in'],
] as const)('describes the effect of a %s on the available credits', (kind, moved, tone) => {
  expect(describeTransfer({ kind, amount: 1_200 })).toMatchObject({ moved, tone });
});
