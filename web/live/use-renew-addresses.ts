import { useQueryClient } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { renewAddresses } from '../query/renew-addresses.ts';

/** Requests a new snapshot from the event stream. */
export const RefreshLiveContext = createContext<() => void>(() => {});

/** To be called when an image could not be loaded: its address may have run out. */
export function useRenewAddresses(): (address: string) => void {
  const client = useQueryClient();
  const refreshLive = use(RefreshLiveContext);
  return (address) => renewAddresses(client, address, Date.now(), refreshLive);
}
