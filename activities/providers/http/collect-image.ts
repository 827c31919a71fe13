import { listPriceUsd, type ProviderName } from '#domain/provider/provider.ts';
import { type JobProgress, ProviderFailure } from '../port.ts';
import { OutputGone } from './download-file.ts';

/** A job that the service reports as completed. */
export interface CompletedJob {
  readonly provider: ProviderName;
  readonly model: string;
  /** The URL of its output file, or why there is none. */
  readonly output: string | ProviderFailure;
  /** How many units of the list price the service bills; 1 where it does not tell. */
  readonly billedUnits?: number | undefined;
  readonly download: (url: string) => Promise<Buffer>;
  /** Whether a missing file may still become available; otherwise it was deleted. */
  readonly mayAppear: () => boolean;
}

/**
 * Downloads the output of a completed job. A file that is deleted or damaged fails the job.
 * @throws ProviderFailure when another poll may succeed
 */
export async function collectImage({ output, ...job }: CompletedJob): Promise<JobProgress> {
  if (output instanceof ProviderFailure) return { state: 'failed', failure: output };
  try {
    const bytes = await job.download(output);
    const costUsd = listPriceUsd(job.provider, job.model) * (job.billedUnits ?? 1);
    return { state: 'succeeded', image: { bytes, costUsd, credit: null } };
  } catch (error) {
    if (error instanceof OutputGone) {
      if (!job.mayAppear()) return { state: 'failed', failure: outputDeleted(error) };
      throw new ProviderFailure('transient', 'The output file is not available yet', { cause: error });
    }
    if (error instanceof ProviderFailure && error.kind === 'corrupt_output') return { state: 'failed', failure: error };
    throw error;
  }
}

export function outputDeleted(cause?: unknown): ProviderFailure {
  return new ProviderFailure('corrupt_output', 'The output is already deleted', { cause });
}
