import { measureStretches } from './stretch-meter.ts';

/** Preloaded into the measured process, whose parent asks for `reset` and `read`. */
const meter = measureStretches();
process.on('message', (request) => {
  if (request === 'reset') meter.reset();
  process.send?.(meter.read());
});
// Only to be asked: the channel is no reason to go on running.
process.channel?.unref();
