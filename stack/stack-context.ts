import type { BuildSlots } from './build-slots.ts';
import type { StackEnv } from './env.ts';
import type { PortChooser } from './ports.ts';
import type { Progress } from './progress.ts';
import type { StartupStatus } from './startup-status.ts';
import type { Supervisor } from './supervisor.ts';

/** Dependencies and settings that all parts of one start share. */
export interface StackContext {
  /** Real path. */
  readonly dataDir: string;
  readonly cacheRoot: string;
  readonly env: NodeJS.ProcessEnv;
  readonly settings: StackEnv;
  readonly supervisor: Supervisor;
  readonly ports: PortChooser;
  readonly progress: Progress;
  readonly status: StartupStatus;
  readonly builds: BuildSlots;
  readonly durable: boolean;
  readonly temporalUi: boolean;
  /** Whether a guard stands in front of the storage emulator. */
  readonly storageGuard: boolean;
}
