import type { Child, ChildExit } from './child-process.ts';

/** A part of the stack that can be stopped, crashed and started again on the same address with the same data. */
export interface StackPart {
  /** Resolves when the current process has ended, for any reason. */
  exited(): Promise<ChildExit>;
  stop(): Promise<void>;
  /** SIGKILL, as a crash: for tests of recovery. */
  kill9(): Promise<void>;
  /** Stops it if it runs, starts it and waits until it is healthy. */
  restart(): Promise<void>;
}

/** Starts a part. `launch` must start the same server each time. */
export async function startPart(launch: () => Promise<Child>): Promise<StackPart> {
  let child = await launch();
  return {
    exited: () => child.exited,
    stop: () => child.stop(),
    kill9: () => child.kill9(),
    restart: async () => {
      await child.stop();
      child = await launch();
    },
  };
}
