import { Bell, Coins, Gauge, Images, Layers, type LucideIcon, Settings, Shapes, Shield, Trash2 } from 'lucide-react';

export interface Destination {
  readonly to: string;
  readonly name: string;
  readonly icon: LucideIcon;
  /** The key sequence that opens it. */
  readonly keys: string;
  readonly adminOnly?: true;
}

/** The main pages, for the top bar, the account menu, the shortcuts, and the command palette. */
export const DESTINATIONS = {
  projects: { to: '/projects', name: 'Projects', icon: Images, keys: 'g p' },
  queue: { to: '/queue', name: 'Queue', icon: Layers, keys: 'g q' },
  presets: { to: '/presets', name: 'Presets', icon: Shapes, keys: 'g r' },
  usage: { to: '/usage', name: 'Usage', icon: Gauge, keys: 'g u' },
  credits: { to: '/credits', name: 'Credits', icon: Coins, keys: 'g c' },
  notifications: { to: '/notifications', name: 'Notifications', icon: Bell, keys: 'g n' },
  trash: { to: '/trash', name: 'Trash', icon: Trash2, keys: 'g t' },
  settings: { to: '/settings', name: 'Settings', icon: Settings, keys: 'g s' },
  admin: { to: '/admin', name: 'Admin', icon: Shield, keys: 'g a', adminOnly: true },
} as const satisfies Record<string, Destination>;

/** @param admin whether the user is an admin */
export function destinationsFor(admin: boolean): readonly Destination[] {
  return Object.values<Destination>(DESTINATIONS).filter(({ adminOnly }) => admin || !adminOnly);
}
