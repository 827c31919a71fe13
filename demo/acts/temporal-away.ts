import { type Act, DELIVERED } from '../act.ts';
import { observe, observeEnd, readHistory } from '../observe.ts';

const PROMPT = 'a signal tower operator at night';
/** Time between two clocks that count whole seconds. */
const ROUNDING_MS = 1_000;

/** A request is accepted while the Temporal server is away. */
export const temporalAway: Act = async (studio, narrator) => {
  narrator.act(
    4,
    'A POST while Temporal is away',
    'The request is a row in Postgres before Temporal hears of it. So it can be accepted without Temporal, and nothing is charged yet.',
  );
  const id = await studio.launched.outages.during('Temporal', async () => {
    const { status, body } = await studio.generate(PROMPT);
    const { bill, transfers } = await observe(studio, body.id, PROMPT);
    narrator.say(
      `The Temporal server is dead (SIGKILL). POST: ${status}, status ${body.status}, generation ${body.id}`,
    );
    narrator.links(studio.links(body.id));
    narrator.check('it is accepted as requested', [status, body.status], [202, 'requested']);
    narrator.check('nothing is held and nothing is bought', [transfers, bill.length], [[], 0]);
    return body.id;
  });
  const backAtMs = Date.now();
  narrator.say('Temporal may start again. The request is not sent again.');

  const { bill, attempts: _attempts, ...end } = await observeEnd(studio, id, PROMPT);
  const { startedAtMs, startedBy } = await readHistory(studio, id);
  const seconds = Math.round((startedAtMs - backAtMs) / 1_000);
  narrator.say(
    `Its workflow was started ${seconds} s after the outage, by process ${startedBy}. Avatar: ${end.status}. ` +
      `Ledger: ${end.transfers.join(', ')}.`,
  );
  narrator.check('its workflow began after the outage', startedAtMs + ROUNDING_MS > backAtMs, true);
  narrator.check('one image was bought', bill.length, 1);
  narrator.check('delivered once and charged once', end, DELIVERED);
  return [id];
};
