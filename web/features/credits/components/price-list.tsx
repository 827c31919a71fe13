import { PRICE_NAMES, type PriceName, type Prices } from '#domain/generation/pricing.ts';
import { counted } from '#web/format/count.ts';

const LABELS: Readonly<Record<PriceName, string>> = {
  generate: 'Avatar from text or an image',
  preset: 'Avatar from a preset',
  upload: 'Upload of your own image',
};

/** Prices in credits. An avatar that is not delivered costs nothing. */
export function PriceList({ prices }: { readonly prices: Prices }) {
  return (
    <section aria-labelledby="prices">
      <h2 id="prices" className="border-b border-line pb-3 text-14">
        Prices
      </h2>
      <dl className="text-13">
        {PRICE_NAMES.map((name) => (
          <div key={name} className="flex justify-between gap-4 border-b border-line py-2">
            <dt>{LABELS[name]}</dt>
            <dd className="num whitespace-nowrap">{counted(prices[name], 'credit')}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-13 leading-body text-pretty text-ink-3">
        Credits are reserved when you request an avatar and charged when it is delivered. If it fails or you cancel it,
        they are returned.
      </p>
    </section>
  );
}
