import { ALWAYS } from '#tests/fakes/faults/fault.ts';
import { elapsed } from '#stack/progress.ts';
import { type Act, DELIVERED } from '../act.ts';
import { listed } from '../narrator.ts';
import { observeEnd } from '../observe.ts';

const BEFORE = 'a clockmaker with brass goggles';
const DURING = 'a beekeeper under a wide hat';

/** The provider that has just delivered answers every new job with 500. */
export const providerDown: Act = async (studio, narrator) => {
  narrator.act(
    2,
    'A provider is down',
    'Providers fail for minutes at a time. Users should get their avatar from another one, and pay once.',
  );
  const before = await studio.generate(BEFORE);
  const [usual] = (await observeEnd(studio, before.body.id, BEFORE)).bill;
  if (usual === undefined) throw new Error('No provider was used while all were up');
  narrator.say(`While all providers are up, ${usual.provider} is chosen. From now on it answers 500.`);
  const down = studio.fakes[usual.provider];
  down.script({ on: 'create', fault: 'server_error', promptIncludes: DURING, times: ALWAYS });

  const startedAt = performance.now();
  const { status, body } = await studio.generate(DURING);
  narrator.say(`POST: ${status}, status ${body.status}, generation ${body.id}`);
  narrator.links(studio.links(body.id));
  const { bill, attempts, ...end } = await observeEnd(studio, body.id, DURING);
  for (const { provider, model, state, failure } of attempts)
    narrator.say(
      `Attempt at ${provider} (${model}): ${state}${failure ? `, ${failure.kind}: ${failure.message}` : ''}`,
    );
  const billed = bill.map(({ provider }) => provider);
  const used = attempts.at(-1)?.provider;
  const took = elapsed(performance.now() - startedAt);
  narrator.say(
    `Avatar: ${end.status}, after ${took}. Ledger: ${end.transfers.join(', ')}. Billed by ${listed(billed)}.`,
  );
  narrator.check('the provider that is down was tried first', attempts[0]?.provider, usual.provider);
  narrator.check('another provider was used', used !== undefined && used !== usual.provider, true);
  narrator.check('one image was bought, where it was delivered from', billed, [used]);
  narrator.check('delivered once and charged once', end, DELIVERED);
  return [before.body.id, body.id];
};
