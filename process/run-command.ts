import { explain } from './explain.ts';

/** Runs a command to its end. On failure, prints one message on standard error and exits with 1. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}
