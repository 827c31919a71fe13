import type { Prices } from '#domain/generation/pricing.ts';
import { counted } from '#web/format/count.ts';

/** What things cost here. What was not delivered costs nothing. */
export function PriceList({ prices }: { readonly prices: Prices }) {
  const lines = [
    ['An avatar from words or an image', prices.generate],
    ['An avatar from a preset', prices.preset],
    ['An image of your own', prices.upload],
  ] as const;
  return (
    <section aria-labelledby="prices">
      <h2 id="prices" className="border-b border-line pb-3 text-14">
        Prices
      </h2>
      <dl className="text-13">
        {lines.map(([what, price]) => (
          <div key={what} className="flex justify-between gap-4 border-b border-line py-2">
            <dt>{what}</dt>
            <dd className="num whitespace-nowrap">{counted(price, 'credit')}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-13 leading-body text-pretty text-ink-3">
        Credits are set aside when you ask for an avatar and paid when it is delivered. If it fails or you cancel it,
        they are returned.
      </p>
    </section>
  );
}
