import {
  type Call,
  type CallFault,
  type Fault,
  type FaultScript,
  faultSchema,
  type PredictionFault,
  type WebhookFault,
} from './fault.ts';

export interface FaultQueue {
  add(faults: readonly FaultScript[]): void;
  clear(): void;
  /** Removes and returns the first scripted fault that matches the call. */
  shiftForCall(call: Call, prompt: string): CallFault | undefined;
  shiftForPrediction(prompt: string): PredictionFault | undefined;
  shiftForWebhook(prompt: string): WebhookFault | undefined;
}

export function createFaultQueue(): FaultQueue {
  let waiting: Fault[] = [];

  function shift<On extends Fault['on']>(on: On, prompt: string): Extract<Fault, { on: On }> | undefined {
    const found = waiting.find((fault) => fault.on === on && prompt.includes(fault.promptIncludes ?? ''));
    if (found === undefined) return undefined;
    found.times -= 1;
    waiting = waiting.filter((fault) => fault.times > 0);
    return found as Extract<Fault, { on: On }>;
  }

  return {
    add(faults) {
      waiting.push(...faults.map((fault) => faultSchema.parse(fault)));
    },
    clear() {
      waiting = [];
    },
    shiftForCall: (call, prompt) => shift(call, prompt) as CallFault | undefined,
    shiftForPrediction: (prompt) => shift('prediction', prompt),
    shiftForWebhook: (prompt) => shift('webhook', prompt),
  };
}
