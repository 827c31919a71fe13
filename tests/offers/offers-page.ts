import { REFERENCE_MODES, type Mode } from '#domain/generation/mode.ts';
import { referenceLimitOf, supportsMode, type ReferenceLimit } from '#domain/provider/offers.ts';
import { MODELS, providerLabel, type Model } from '#domain/provider/provider.ts';

const MODES: readonly Mode[] = ['text', ...REFERENCE_MODES];
const SAID: Readonly<Record<ReferenceLimit, string>> = {
  colors_only: 'takes only the colors, which is said before the price',
};

/** docs/offers.md, from the providers' descriptors. */
export function offersPage(): string {
  const rows = MODELS.map((model) => [
    providerLabel(model.provider),
    model.label,
    ...MODES.map((mode) => offerOf(model, mode)),
  ]);
  const head = ['Provider', 'Model', ...MODES.map((mode) => `\`${mode}\``)];
  const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return `# What each model is offered for

This page is written from the providers' [descriptors](../domain/provider) by \`npm run offers\`; a test compares them. A
provider without a key is not offered at all. Reference images are avatars of any provider and uploads; of those, a model
that takes only colors varies and restyles what its own provider drew.

${table}
`;
}

function offerOf(model: Model, mode: Mode): string {
  const limit = referenceLimitOf(model, mode);
  if (limit !== null) return SAID[limit];
  if (supportsMode(model, mode, { provider: null })) return 'yes';
  return supportsMode(model, mode, { provider: model.provider }) ? 'of its own images only' : 'not offered';
}
