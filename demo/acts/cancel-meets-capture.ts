import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '#tests/support/until.ts';
import { type Act, CANCELLED, DELIVERED } from '../act.ts';
import type { DemoStudio } from '../demo-studio.ts';
import { billFor, observeEnd } from '../observe.ts';

const ANIMALS = ['an otter', 'a heron', 'a badger', 'a lynx', 'a magpie', 'a walrus'];
/** Each cancel is sent this much later after its image is done than the one before. */
const STEP_MS = 350;

interface Race {
  readonly prompt: string;
  readonly id: string;
  /** HTTP status of the cancel. */
  readonly cancelStatus: number;
}

/** Buys an image and cancels it `delayMs` after the provider is done. */
async function race(studio: DemoStudio, prompt: string, delayMs: number): Promise<Race> {
  const { body } = await studio.generate(prompt);
  await until(() => billFor(studio, prompt).some(({ state }) => state === 'succeeded'));
  await sleep(delayMs);
  const { status } = await studio.request('POST', `/generations/${body.id}/cancel`, {});
  return { prompt, id: body.id, cancelStatus: status };
}

/** Cancels are sent around the moment of the capture; each race must have one winner. */
export const cancelMeetsCapture: Act = async (studio, narrator) => {
  narrator.act(
    3,
    'A cancel meets the capture',
    'A user cancels at the moment of delivery. Both may not win: no charge without an avatar, no avatar without a charge.',
  );
  const prompts = ANIMALS.map((animal) => `${animal} in a captain's uniform`);
  narrator.say(
    `${prompts.length} avatars are bought; each is cancelled ${STEP_MS} ms later after its image is done than the one before.`,
  );
  const races: Race[] = [];
  // One after the other: at once they would delay each other past all of the cancels.
  for (const [index, prompt] of prompts.entries()) races.push(await race(studio, prompt, index * STEP_MS));
  const ends = [];
  for (const { id, prompt, cancelStatus } of races) {
    const { status, transfers, avatars, attempts } = await observeEnd(studio, id, prompt);
    ends.push({ id, status, transfers, avatars });
    narrator.say(
      `${prompt}: cancel answered ${cancelStatus}; ${status}; ledger: ${transfers.join(', ')}; avatars: ${avatars}; ` +
        `attempt: ${attempts.map(({ state }) => state).join(', ')}`,
    );
  }
  const delivered = ends.filter(({ status }) => status === 'completed');
  const cancelled = ends.filter(({ status }) => status === 'cancelled');
  for (const end of [delivered[0], cancelled[0]]) if (end) narrator.links(studio.links(end.id));
  const found = ends.map(({ id: _id, ...end }) => end);
  narrator.check(
    `each was decided once: ${delivered.length} delivered and charged, ${cancelled.length} cancelled and returned`,
    found,
    found.map(({ status }) => (status === 'completed' ? DELIVERED : CANCELLED)),
  );
  return ends.map(({ id }) => id);
};
