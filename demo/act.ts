import type { DemoStudio } from './demo-studio.ts';
import type { Narrator } from './narrator.ts';

/** One act of the demo. Says only what it has observed. @returns the generations it made, to be shown on the image */
export type Act = (studio: DemoStudio, narrator: Narrator) => Promise<readonly string[]>;

/** How a delivered avatar must be found in the ledger and the tables. */
export const DELIVERED = { status: 'completed', transfers: ['reserve', 'capture'], avatars: 1 };
/** How a cancelled generation must be found. */
export const CANCELLED = { status: 'cancelled', transfers: ['reserve', 'release'], avatars: 0 };
