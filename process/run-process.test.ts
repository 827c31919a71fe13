import { describe, expect, it } from 'vitest';
import { runProgram, type RunningProgram } from '#tests/support/processes.ts';

const RUN_PROCESS = JSON.stringify(new URL('run-process.ts', import.meta.url).href);

/** A separate process whose start function has the given code. A timer that is never cleared keeps it running. */
function startWith(code: string): RunningProgram {
  const program = `
    import { runProcess } from ${RUN_PROCESS};
    setInterval(() => undefined, 1_000);
    const never = new Promise(() => undefined);
    const log = (error) => console.log('logged', error.message);
    const hold = (held, what) => held.defer(async () => console.log('released', what));
    await runProcess('The test', async ({ held, fail }) => { ${code} });`;
  return runProgram(process.execPath, ['--input-type=module', '-e', program], { env: { PATH: process.env['PATH'] } });
}

async function endOf(program: RunningProgram) {
  const { code, signal } = await program.ended;
  return { code, signal, output: program.output().split('\n') };
}

describe.concurrent('runProcess', () => {
  it('prints one message when it can’t start, releases resources in reverse order, and exits with 1', async () => {
    const program = startWith(`
      hold(held, 'one');
      hold(held, 'two');
      throw new Error('no port', { cause: new Error('it is taken') });`);
    const { code, output } = await endOf(program);
    expect(code).toBe(1);
    expect(output.toSorted()).toEqual(["The test can't start: no port: it is taken", 'released one', 'released two']);
    expect(output.indexOf('released two')).toBeLessThan(output.indexOf('released one'));
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('handles %s during its start, and exits with 0', async (signal) => {
    const program = startWith(`hold(held, 'one'); console.log('starting'); await never;`);
    await program.waitForOutput(/starting/u);
    program.child.kill(signal);
    expect(await endOf(program)).toEqual({ code: 0, signal: null, output: ['starting', 'released one'] });
  });

  it('does not continue a start after a signal', async () => {
    const program = startWith(`
      console.log('starting');
      await new Promise((resolve) => process.once('SIGTERM', resolve));
      held.defer(() => console.log('held too late'));`);
    await program.waitForOutput(/starting/u);
    program.child.kill('SIGTERM');
    expect(await endOf(program)).toEqual({ code: 0, signal: null, output: ['starting'] });
  });

  it('prints nothing about failures caused by its shutdown', async () => {
    const program = startWith(`
      held.defer(() => new Promise((resolve) => setTimeout(resolve, 50)));
      held.defer(() => fail(new Error('closed already')));
      throw new Error('no port');`);
    expect((await endOf(program)).output).toEqual(["The test can't start: no port"]);
  });

  it('exits immediately at the second signal', async () => {
    const program = startWith(`
      held.defer(() => { console.log('closing'); return never; });
      console.log('running');
      return { stopTimeoutMs: 600_000 };`);
    await program.waitForOutput(/running/u);
    program.child.kill('SIGTERM');
    await program.waitForOutput(/closing/u);
    program.child.kill('SIGTERM');
    expect(await program.ended).toEqual({ code: 1, signal: null });
  });

  it('exits with 1 and a message when releasing resources takes too long', async () => {
    const program = startWith(`
      held.defer(() => never);
      setImmediate(() => process.kill(process.pid, 'SIGTERM'));
      return { stopTimeoutMs: 100 };`);
    expect(await endOf(program)).toEqual({
      code: 1,
      signal: null,
      output: ['The test did not shut down within 0.1 s'],
    });
  });

  it('exits with 1 when releasing a resource fails', async () => {
    const program = startWith(`
      hold(held, 'one');
      held.defer(async () => { throw new Error('stuck'); });
      setImmediate(() => process.kill(process.pid, 'SIGTERM'));
      return { stopTimeoutMs: 60_000 };`);
    const { code, output } = await endOf(program);
    expect(code).toBe(1);
    expect(output.toSorted()).toEqual(['The test failed: stuck', 'released one']);
  });

  it.each([
    ['an uncaught exception', `setImmediate(() => { throw new Error('boom'); });`],
    ['an unhandled rejection', `setImmediate(() => void Promise.reject(new Error('boom')));`],
    ['a part that fails', `setImmediate(fail, new Error('boom'));`],
  ])('shuts down with 1 after %s, and logs it', async (_what, crash) => {
    const program = startWith(`hold(held, 'one'); ${crash} return { stopTimeoutMs: 60_000, logFailure: log };`);
    const { code, output } = await endOf(program);
    expect(code).toBe(1);
    expect(output.toSorted()).toEqual(['The test failed: boom', 'logged boom', 'released one']);
  });
});
