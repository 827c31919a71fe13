import { callbackAddress } from '#domain/provider/callback-address.ts';
import type { WebhookFault } from './fault.ts';

export interface Callback {
  readonly address: string;
  readonly endsInMs: number;
  readonly fault: WebhookFault | undefined;
  /** @param forged signed with a key that is not the service's */
  message(forged: boolean): { readonly headers: Record<string, string>; readonly body: string };
}

/** Calls the address when the job has ended, as the services do, or as the fault says. An unreachable receiver is no error. */
export function sendCallback({ address, endsInMs, fault, message }: Callback): void {
  if (fault?.fault === 'lost') return;
  const to = fault?.fault === 'misaddressed' ? callbackAddress(address, fault.attempt ?? '') : address;
  const send = async () => {
    const { headers, body } = message(fault?.fault === 'forged');
    const options = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body };
    await fetch(to, options);
    if (fault?.fault === 'repeated') await fetch(to, options);
  };
  setTimeout(() => void send().catch(() => undefined), endsInMs + (fault?.fault === 'late' ? fault.ms : 0)).unref();
}
