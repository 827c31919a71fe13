import { Bell, Coins, Gauge, Images, Layers, type LucideIcon, Settings, Shapes, Shield, Trash2 } from 'lucide-react';

export interface Destination {
  readonly to: string;
  readonly name: string;
  readonly icon: LucideIcon;
  /** What to press, one after the other. */
  readonly keys: string;
  readonly adminOnly?: true;
}

/** Where one can go: bar, menu, shortcuts and palette all read this. */
export const DESTINATIONS = {
  projects: { to: '/projects', name: 'Projects', icon: Images, keys: 'g p' },
  inProgress: { to: '/queue', name: 'Developing', icon: Layers, keys: 'g q' },
  presets: { to: '/presets', name: 'Presets', icon: Shapes, keys: 'g r' },
  usage: { to: '/usage', name: 'Usage', icon: Gauge, keys: 'g u' },
  credits: { to: '/credits', name: 'Credits', icon: Coins, keys: 'g c' },
  notifications: { to: '/notifications', name: 'Notifications', icon: Bell, keys: 'g n' },
  trash: { to: '/trash', name: 'Trash', icon: Trash2, keys: 'g t' },
  settings: { to: '/settings', name: 'Settings', icon: Settings, keys: 'g s' },
  admin: { to: '/admin', name: 'Admin', icon: Shield, keys: 'g a', adminOnly: true },
} as const satisfies Record<string, Destination>;

/** @param admin whether the person is one */
export function destinationsFor(admin: boolean): readonly Destination[] {
  return Object.values<Destination>(DESTINATIONS).filter(({ adminOnly }) => admin || !adminOnly);
}
