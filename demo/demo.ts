import { parseArgs } from 'node:util';
import { explain } from '#process/explain.ts';
import { createProgress, elapsed } from '#stack/progress.ts';
import { StoppingError } from '#stack/supervisor.ts';
import type { Act } from './act.ts';
import { cancelMeetsCapture } from './acts/cancel-meets-capture.ts';
import { providerDown } from './acts/provider-down.ts';
import { temporalAway } from './acts/temporal-away.ts';
import { workerKilled } from './acts/worker-killed.ts';
import { closing } from './closing.ts';
import { openDemoStudio, type DemoStudio } from './demo-studio.ts';
import { createNarrator, type Narrator } from './narrator.ts';
import { captureScreenshot } from './screenshot.ts';

const USAGE = `npm run demo [-- --screenshot]
  Breaks a studio on purpose and shows that its promises are kept; exits with 1 if one is not.
  It has its own ports and a temporary folder. In a terminal it runs on at the end, so that you can open the links.
  --screenshot  writes docs/demo.webp (needs Chromium) and ends
`;
const ACTS: readonly Act[] = [workerKilled, providerDown, cancelMeetsCapture, temporalAway];
/** Exit code of a process ended by SIGINT, as shells expect it. */
const INTERRUPTED = 130;

async function perform(studio: DemoStudio, narrator: Narrator, screenshot: boolean): Promise<void> {
  const startedAt = performance.now();
  narrator.say(
    'Two paid providers are stand-ins on this machine that speak the real protocols and bill; all else is real.',
  );
  narrator.links({ Page: studio.pageUrl, 'Temporal UI': studio.launched.addresses.temporalUiUrl ?? '' });
  const generations: string[] = [];
  for (const act of ACTS) generations.push(...(await act(studio, narrator)));
  await closing(studio, narrator);
  const broken = narrator.broken();
  const took = elapsed(performance.now() - startedAt);
  narrator.say(broken.length === 0 ? `All promises were kept, in ${took}.` : `Broken: ${broken.join('; ')}`);
  if (screenshot) narrator.say(`Screenshot: ${await captureScreenshot(studio, generations[0]!)}`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { screenshot: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const narrator = createNarrator(process.stdout);
  const interrupt = new AbortController();
  let studio: DemoStudio | undefined;
  const interrupted = new Promise<never>((_resolve, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (interrupt.signal.aborted) void studio?.launched.kill();
        else narrator.say('Stopping the studio. Ctrl-C again ends it at once.');
        interrupt.abort(new StoppingError(signal));
        reject(interrupt.signal.reason);
      });
    }
  });
  interrupted.catch(() => undefined);
  // After the terminal is closed, writes fail, but everything must still be stopped.
  process.stdout.on('error', () => undefined);
  try {
    studio = await openDemoStudio(createProgress(process.stdout), interrupt.signal);
    const acts = perform(studio, narrator, values.screenshot);
    await Promise.race([acts, interrupted, studio.launched.running]);
    if (process.stdin.isTTY && !values.screenshot) {
      narrator.say('The links stay open until Ctrl-C.');
      await interrupted.catch(() => undefined);
    }
    return narrator.broken().length === 0 ? 0 : 1;
  } catch (error) {
    if (error instanceof StoppingError) return INTERRUPTED;
    process.stderr.write(`\nThe demo ended: ${explain(error)}\n`);
    return 1;
  } finally {
    await studio?.close();
  }
}

process.exitCode = await main();
// What an interrupted act still waits for must not delay the exit.
process.exit();
