import { type Call, type CallFault, type Fault, type FaultScript, faultSchema, type PredictionFault } from './fault.ts';

export interface FaultQueue {
  add(faults: readonly FaultScript[]): void;
  clear(): void;
  /** Removes and returns the first scripted fault that matches the call. */
  shiftForCall(call: Call, prompt: string): CallFault | undefined;
  shiftForPrediction(prompt: string): PredictionFault | undefined;
}

export function createFaultQueue(): FaultQueue {
  let waiting: Fault[] = [];

  function shift(on: Fault['on'], prompt: string): Fault | undefined {
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
    shiftForCall(call, prompt) {
      const fault = shift(call, prompt);
      return fault?.on === 'prediction' ? undefined : fault;
    },
    shiftForPrediction(prompt) {
      const fault = shift('prediction', prompt);
      return fault?.on === 'prediction' ? fault : undefined;
    },
  };
}
