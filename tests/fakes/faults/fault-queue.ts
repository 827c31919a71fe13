import { type Call, type CallFault, type Fault, type FaultScript, faultSchema, type PredictionFault } from './fault.ts';

export interface FaultQueue {
  add(faults: readonly FaultScript[]): void;
  clear(): void;
  /** The first waiting fault for such a call; used up by being taken. */
  nextForCall(call: Call, prompt: string): CallFault | undefined;
  nextForPrediction(prompt: string): PredictionFault | undefined;
}

export function createFaultQueue(): FaultQueue {
  let waiting: Fault[] = [];

  function nextFault(on: Fault['on'], prompt: string): Fault | undefined {
    const found = waiting.find((fault) => fault.on === on && prompt.includes(fault.promptIncludes ?? ''));
    if (found === undefined) return undefined;
    found.times -= 1;
    waiting = waiting.filter((fault) => fault.times > 0);
    return found;
  }

  return {
    add(faults) {
      waiting.push(...faults.map((fault) => faultSchema.parse(fault)));
    },
    clear() {
      waiting = [];
    },
    nextForCall(call, prompt) {
      const fault = nextFault(call, prompt);
      return fault?.on === 'prediction' ? undefined : fault;
    },
    nextForPrediction(prompt) {
      const fault = nextFault('prediction', prompt);
      return fault?.on === 'prediction' ? fault : undefined;
    },
  };
}
