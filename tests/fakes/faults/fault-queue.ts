import { type Call, type CallFault, type Fault, type FaultScript, faultSchema, type PredictionFault } from './fault.ts';

export interface FaultQueue {
  add(faults: readonly FaultScript[]): void;
  clear(): void;
  /** The first waiting fault for such a call; used up by being taken. */
  takeForCall(call: Call, prompt: string): CallFault | undefined;
  takeForPrediction(prompt: string): PredictionFault | undefined;
}

export function createFaultQueue(): FaultQueue {
  let waiting: Fault[] = [];

  function take(on: Fault['on'], prompt: string): Fault | undefined {
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
    takeForCall(call, prompt) {
      const fault = take(call, prompt);
      return fault?.on === 'prediction' ? undefined : fault;
    },
    takeForPrediction(prompt) {
      const fault = take('prediction', prompt);
      return fault?.on === 'prediction' ? fault : undefined;
    },
  };
}
