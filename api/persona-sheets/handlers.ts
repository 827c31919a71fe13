import type { personaSheetsRoutes } from '#contract/routes/persona-sheets.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { readPersonaCard } from './read-card.ts';
import { readPersonaSheet } from './read.ts';

export function personaSheetHandlers({
  database,
  store,
  contentSigner,
  presentAvatar: present,
}: HandlersDeps): HandlersOf<typeof personaSheetsRoutes> {
  return {
    readPersonaSheet: readPersonaSheet({ database, present }),
    readPersonaCard: readPersonaCard({ database, store, contentSigner }),
  };
}
