import { createRandomStream } from '#illustrator/person/seeded-random.ts';
import type { FaultKind } from '../schedule/fault-kinds.ts';
import type { LinkFault } from '../network/link-fault.ts';
import type { InjectFault } from './fault.ts';

const DELAYS_MS = [50, 1_200] as const;
const BYTES_PER_SECOND = [4_000, 40_000] as const;
/** Of the requests during a fault; the others pass, so that connections can be opened. */
const RESET_SHARE = 0.35;

type NetworkFault = Extract<FaultKind, LinkFault['kind']>;

/** Applies a fault to the proxies of one link: all of them, or only one worker's. @returns what the proxies counted */
export function disturb(kind: NetworkFault): InjectFault {
  return async ({ studio, fault, last }) => {
    if (fault.link === undefined) throw new Error(`${kind} needs a link`);
    const proxies = studio.links[fault.link];
    const affected = fault.choice < 0.5 ? proxies : [proxies[Math.floor(fault.choice * 97) % proxies.length]!];
    const applied = affected.map((proxy) => proxy.apply(linkFault(kind, fault.choice)));
    await last();
    return applied.reduce((sum, each) => sum + each.heal(), 0);
  };
}

function linkFault(kind: NetworkFault, choice: number): LinkFault {
  switch (kind) {
    case 'latency':
      return { kind, delayMs: within(DELAYS_MS, choice) };
    case 'bandwidth':
      return { kind, bytesPerSecond: within(BYTES_PER_SECOND, choice) };
    case 'reset_after_request': {
      const random = createRandomStream(Math.floor(choice * 2 ** 32), 'resets');
      return { kind, isNext: () => random.chance(RESET_SHARE) };
    }
    default:
      return { kind };
  }
}

function within([from, to]: readonly [number, number], choice: number): number {
  return from + choice * (to - from);
}
