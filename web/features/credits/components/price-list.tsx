import type { Prices } from '#domain/generation/pricing.ts';
import { counted } from '#web/format/count.ts';

/** Prices in credits. An avatar that is not delivered costs nothing. */
export function PriceList({ prices }: { readonly prices: Prices }) {
  const rows = [
    ['Avatar from text or an image', prices.generate],
    ['Avatar from a preset', prices.preset],
    ['Upload of your own image', prices.upload],
  ] as const;
  return (
    <section aria-labelledby="prices">
      <h2 id="prices" className="border-b border-line pb-3 text-14">
        Prices
      </h2>
      <dl className="text-13">
        {rows.map(([item, price]) => (
          <div key={item} className="flex justify-between gap-4 border-b border-line py-2">
            <dt>{item}</dt>
            <dd className="num whitespace-nowrap">{counted(price, 'credit')}</dd>
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
