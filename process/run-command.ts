import { explain } from './explain.ts';

/** A command that does its work and ends: what fails is one plain message on standard error, and exit code 1. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}
