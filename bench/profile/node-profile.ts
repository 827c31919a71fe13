import { z } from 'zod';
import { add } from './function-cost.ts';

/**
 * What `node --cpu-prof` writes for each thread: the `Profile` of the DevTools protocol, times in µs of the system's monotonic clock.
 * https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile
 */
const profileSchema = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
    }),
  ),
  startTime: z.number(),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});
export type NodeProfile = z.infer<typeof profileSchema>;

/** Neither uses the processor: the thread waits for events. */
const IDLE = '(idle)';

/** @throws ZodError when the text is no profile */
export function readNodeProfile(text: string): NodeProfile {
  return profileSchema.parse(JSON.parse(text));
}

/** A time span of the monotonic clock, µs. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** @returns ms by function in which it was itself running, called functions excluded; V8's own, such as `(garbage collector)`, are among them */
export function selfTimes({ nodes, startTime, samples, timeDeltas }: NodeProfile, span: Span): Map<string, number> {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const spent = new Map<string, number>();
  let at = startTime;
  for (const [index, id] of samples.entries()) {
    const took = timeDeltas[index] ?? 0;
    at += took;
    const name = names.get(id) ?? IDLE;
    if (at >= span.from && at < span.to && name !== IDLE) add(spent, name, took / 1_000);
  }
  return spent;
}

function nameOf({ functionName, url, lineNumber }: NodeProfile['nodes'][number]['callFrame']): string {
  if (url === '') return functionName === '' ? '(anonymous)' : functionName;
  const file = url.slice(url.lastIndexOf('/node_modules/') + 1).replace(/^node_modules\//, '');
  return `${functionName === '' ? `line ${lineNumber + 1}` : functionName} · ${shorten(file)}`;
}

/** A file of the project is named from its top folder, one of a package from the package. */
function shorten(file: string): string {
  const [, ours] =
    /^file:\/\/.*?\/((?:api|activities|bench|contract|domain|drizzle|illustrator|process|temporal|workflows)\/.*)$/.exec(
      file,
    ) ?? [];
  return ours ?? file.replace(/^file:\/\/.*\//, '');
}
