import { until } from '#tests/support/until.ts';
import { type Act, DELIVERED } from '../act.ts';
import { billFor, observe, observeEnd, readHistory } from '../observe.ts';

const PROMPT = 'a lighthouse keeper in a yellow coat';
/** The image is done after the next worker has started, so that it has to be collected, not bought. */
const RUNS_MS = 12_000;

/** The worker is killed while the provider works on an image that is already paid for. */
export const workerKilled: Act = async (studio, narrator) => {
  narrator.act(
    1,
    'A worker is killed in the middle of a purchase',
    'The image is paid for as soon as the provider accepts the job. If the process that waits for it dies, a simple ' +
      'retry would buy it again.',
  );
  for (const fake of Object.values(studio.fakes))
    fake.script({ on: 'prediction', fault: 'slow', ms: RUNS_MS, promptIncludes: PROMPT });
  const { status, body } = await studio.generate(PROMPT);
  narrator.say(`POST: ${status}, status ${body.status}, generation ${body.id}`);
  narrator.links(studio.links(body.id));

  await until(() => billFor(studio, PROMPT).length > 0);
  await studio.launched.outages.during('worker', async () => {
    const { bill, attempts } = await observe(studio, body.id, PROMPT);
    const [job] = bill;
    narrator.say(
      `The worker is dead (SIGKILL). ${job?.provider}'s bill has ${bill.length} job: ${job?.id}, ${job?.state}.`,
    );
    narrator.say(
      attempts[0]?.externalId === undefined || attempts[0].externalId === null
        ? 'It died before it could store the job’s id: the next worker has to find the job at the provider.'
        : 'It had stored the job’s id in Postgres before it died.',
    );
  });

  const { bill, attempts, ...end } = await observeEnd(studio, body.id, PROMPT);
  const { starts } = await readHistory(studio, body.id);
  const retried = starts.find(({ activity, attempt }) => activity === 'generateImage' && attempt > 1);
  if (retried)
    narrator.say(`Temporal's history: generateImage, attempt ${retried.attempt}, after "${retried.lastFailure}".`);
  narrator.say(
    `Avatar: ${end.status}. Ledger: ${end.transfers.join(', ')}. Bill: ${bill.length} job, ${bill[0]?.state}.`,
  );
  narrator.check('a second worker finished the step of the first', retried !== undefined, true);
  narrator.check('the paid image was collected, not bought again', bill.length, 1);
  narrator.check(
    'it is the job that the attempt names',
    attempts.map(({ externalId }) => externalId),
    [bill[0]?.id],
  );
  narrator.check('delivered once and charged once', end, DELIVERED);
  return [body.id];
};
