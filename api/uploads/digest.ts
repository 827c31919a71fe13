import { createHash, type Hash } from 'node:crypto';
import { ownTurn } from '../turn.ts';

const PIECE_BYTES = 1024 * 1024;

/** A SHA-256 to which the bytes were added, a piece in each turn of the event loop: ten megabytes take too long for one. */
export async function hashInTurns(bytes: Buffer): Promise<Hash> {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    await ownTurn();
    hash.update(bytes.subarray(at, at + PIECE_BYTES));
  }
  return hash;
}
