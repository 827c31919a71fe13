import { describe, expect, it } from 'vitest';
import {
  canMove,
  FINAL_STATUSES,
  GENERATION_STATUSES,
  isFinal,
  needsProvider,
  UNFINISHED_STATUSES,
} from './generation.ts';

describe('the status of a generation', () => {
  it('never leaves a final status', () => {
    for (const from of FINAL_STATUSES) {
      expect(isFinal(from)).toBe(true);
      for (const to of GENERATION_STATUSES) expect(canMove(from, to)).toBe(false);
    }
  });

  it('can be cancelled or failed from every status that is not final', () => {
    for (const from of ['requested', ...UNFINISHED_STATUSES] as const) {
      expect(isFinal(from)).toBe(false);
      expect(canMove(from, 'failed')).toBe(true);
      expect(canMove(from, 'cancelled')).toBe(true);
    }
  });

  it('becomes completed only after credits were held', () => {
    expect(canMove('requested', 'completed')).toBe(false);
    expect(canMove('requested', 'processing')).toBe(false);
    for (const from of UNFINISHED_STATUSES) expect(canMove(from, 'completed')).toBe(true);
  });

  it('never returns to an earlier one', () => {
    for (const [index, from] of GENERATION_STATUSES.entries()) {
      for (const to of GENERATION_STATUSES.slice(0, index + 1)) expect(canMove(from, to)).toBe(false);
    }
  });

  it('uses a provider for every source except an upload', () => {
    expect(needsProvider('upload')).toBe(false);
    expect(needsProvider('from_preset')).toBe(true);
  });
});
