import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { childrenOf, hasStopped, type ProcessIdentity } from './process-identity.ts';
import { hasEnded, signalQuietly, type StopSignal } from './run-records.ts';

/** A program to run. */
export interface ChildSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The complete environment of the child: nothing is inherited. */
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Run as this user (only root can). */
  readonly account?: { readonly uid: number; readonly gid: number } | undefined;
  readonly stopSignal?: StopSignal;
  /** Time for an orderly shutdown before it is killed. */
  readonly stopTimeoutMs?: number;
}

export interface ChildExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A running child, in a process group of its own so that Ctrl-C in the terminal reaches only the launcher. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Resolves when the child has ended, never rejects. */
  readonly exited: Promise<ChildExit>;
  /** Stops it; kills it after its stop timeout. */
  stop(): Promise<void>;
  /** Kills it and its children, as a crash would. */
  kill9(): Promise<void>;
  /** The end of its log, for an error message. */
  logTail(): Promise<string>;
}

const DEFAULT_STOP_TIMEOUT_MS = 15_000;
/** After SIGKILL only the kernel's cleanup remains. */
const KILL_TIMEOUT_MS = 5_000;
const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;
/** Enough for a stack trace or a configuration error. */
const LOG_TAIL_LINES = 20;

/**
 * Starts a child that logs to `logFile` (the log of the previous run is renamed to `….previous`).
 *
 * @throws Error when the program can't be started at all.
 */
export async function startChild(spec: ChildSpec, logFile: string): Promise<Child> {
  // Logs name accounts and addresses: nobody else on the machine reads them.
  await mkdir(dirname(logFile), { recursive: true, mode: PRIVATE_FOLDER });
  await rename(logFile, `${logFile}.previous`).catch(() => undefined);
  const log = await open(logFile, 'a', PRIVATE_FILE);
  try {
    // The log is a file, not a pipe: a child must not fail on its next write when the launcher is killed.
    const child = spawn(spec.command, spec.args, {
      env: spec.env,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
      ...(spec.account === undefined ? {} : { uid: spec.account.uid, gid: spec.account.gid }),
    });
    const exited = new Promise<ChildExit>((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error) => reject(new Error(`${spec.name} can't be started: ${error.message}`)));
    });
    if (child.pid === undefined) throw new Error(`${spec.name} has no process id`);
    return childOf(spec, child, child.pid, logFile, exited);
  } finally {
    await log.close();
  }
}

function childOf(
  spec: ChildSpec,
  child: ChildProcess,
  pid: number,
  logFile: string,
  exited: Promise<ChildExit>,
): Child {
  const hasExited = (): boolean => child.exitCode !== null || child.signalCode !== null;

  async function kill9(): Promise<void> {
    if (hasExited()) return;
    // Postgres' backends lead groups of their own. One that is forked after they were listed would survive, and could hold
    // the shared memory for ever: so the child is stopped first.
    signalQuietly(pid, 'SIGSTOP');
    await hasStopped(pid);
    const children: ProcessIdentity[] = await childrenOf(pid);
    signalQuietly(-pid, 'SIGKILL');
    for (const { pid: childPid } of children) signalQuietly(childPid, 'SIGKILL');
    await exited;
    await Promise.all(children.map((identity) => hasEnded(identity, KILL_TIMEOUT_MS)));
  }

  return {
    name: spec.name,
    pid,
    logFile,
    exited,
    kill9,
    async stop() {
      if (hasExited()) return;
      signalQuietly(pid, spec.stopSignal ?? 'SIGTERM');
      const { promise: timedOut, resolve } = Promise.withResolvers<'timeout'>();
      const timer = setTimeout(resolve, spec.stopTimeoutMs ?? DEFAULT_STOP_TIMEOUT_MS, 'timeout');
      const first = await Promise.race([exited, timedOut]);
      clearTimeout(timer);
      if (first === 'timeout') await kill9();
    },
    async logTail() {
      const text = await readFile(logFile, 'utf8').catch(() => '');
      return text.trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n');
    },
  };
}
