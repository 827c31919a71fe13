import { parseArgs } from 'node:util';
import { HALVES, scoreHalf, type Score } from './score.ts';

/**
 * `npm run prompts`: how many of the traits that the labeled prompts tell the illustrator draws, by class. `--missed` lists what it misses
 * in the half that it is tuned on; the other half's misses are never printed.
 */

const { values } = parseArgs({ options: { missed: { type: 'boolean', default: false } } });
const [tuned, untouched] = [await scoreHalf('tuned'), await scoreHalf('untouched')];

const text = ({ told, obeyed }: Score): string => `${obeyed} / ${told}`.padStart(11);
const total = (scores: ReadonlyMap<string, Score>): Score => ({
  told: [...scores.values()].reduce((sum, { told }) => sum + told, 0),
  obeyed: [...scores.values()].reduce((sum, { obeyed }) => sum + obeyed, 0),
  missed: [],
});
const share = ({ told, obeyed }: Score): string => `${((100 * obeyed) / told).toFixed(1)} %`.padStart(11);
const NONE: Score = { told: 0, obeyed: 0, missed: [] };

console.log(`${'obeyed / told'.padEnd(16)}${HALVES.map((half) => half.padStart(11)).join('')}`);
for (const trait of new Set([...tuned.keys(), ...untouched.keys()].toSorted())) {
  console.log(`${trait.padEnd(16)}${text(tuned.get(trait) ?? NONE)}${text(untouched.get(trait) ?? NONE)}`);
}
console.log(`${'all'.padEnd(16)}${text(total(tuned))}${text(total(untouched))}`);
console.log(`${''.padEnd(16)}${share(total(tuned))}${share(total(untouched))}`);
if (values.missed) {
  for (const [slot, { missed }] of tuned) {
    for (const { prompt, trait, told, drawn } of missed)
      console.log(`${slot}: ${trait} ${told}, drawn ${drawn}: ${prompt}`);
  }
}
