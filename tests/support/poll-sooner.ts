import type { ImageProvider } from '#activities/providers/port.ts';

/** The fakes' images are ready at once. */
const LONGEST_PAUSE_MS = 50;

/** Shortens an adapter's pauses before polls, which are as long as a real image takes. */
export function pollSooner(provider: ImageProvider, longestPauseMs = LONGEST_PAUSE_MS): ImageProvider {
  const sooner = <Pause extends { readonly pollAfterMs: number }>(paused: Pause): Pause => ({
    ...paused,
    pollAfterMs: Math.min(paused.pollAfterMs, longestPauseMs),
  });
  return {
    ...provider,
    submit: async (request, signal) => sooner(await provider.submit(request, signal)),
    poll: async (...job) => {
      const progress = await provider.poll(...job);
      return progress.state === 'running' ? sooner(progress) : progress;
    },
  };
}
