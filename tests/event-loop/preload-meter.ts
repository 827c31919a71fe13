import { measureStretches, referenceWork } from './stretch-meter.ts';

/** Preloaded into the measured process, whose parent asks for `reset`, `read`, or the time of a known piece of work. */
const meter = measureStretches();
process.on('message', (request) => {
  if (request === 'reset') meter.reset();
  process.send?.(request === 'reference' ? referenceWork() : meter.read());
});
// Only to be asked: the channel is no reason to go on running.
process.channel?.unref();
