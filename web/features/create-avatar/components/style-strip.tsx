import { Shuffle } from 'lucide-react';
import { useId } from 'react';
import { STYLE_RULES, STYLES, type Style } from '#domain/prompt/style.ts';
import { styleSample } from '#web/assets/style-samples.ts';

/** The label of no style. */
export const ANY_STYLE = 'Any';

interface StyleStripProps {
  readonly value: Style | '';
  readonly onChange: (style: Style | '') => void;
  /** The label of no choice: any style, or the preset's own. */
  readonly openLabel: string;
  readonly error?: string | undefined;
}

/** The styles, each with a sample image. */
export function StyleStrip({ value, onChange, openLabel, error }: StyleStripProps) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 flex w-full justify-between text-13 font-strong">
        Style <span className="font-regular text-ink-3">{value ? STYLE_RULES[value].label : openNote(openLabel)}</span>
      </legend>
      <div className="-m-1 flex gap-2 overflow-x-auto p-1 [scrollbar-width:none] max-md:-mx-4 max-md:px-4 md:grid md:grid-cols-8">
        <StyleOption name={name} label={openLabel} checked={value === ''} onPick={() => onChange('')} />
        {STYLES.map((style) => (
          <StyleOption
            key={style}
            name={name}
            label={STYLE_RULES[style].label}
            sample={styleSample(style)}
            checked={value === style}
            onPick={() => onChange(style)}
          />
        ))}
      </div>
      {error && (
        <p role="alert" className="mt-2 text-13 text-bad">
          {error}
        </p>
      )}
    </fieldset>
  );
}

/** What no choice means, where its label alone doesn't say it. */
function openNote(openLabel: string): string {
  return openLabel === ANY_STYLE ? 'Any: the prompt decides' : openLabel;
}

interface StyleOptionProps {
  readonly name: string;
  readonly label: string;
  readonly sample?: string | undefined;
  readonly checked: boolean;
  readonly onPick: () => void;
}

function StyleOption({ name, label, sample, checked, onPick }: StyleOptionProps) {
  return (
    <label className="group relative w-[76px] shrink-0 cursor-pointer md:w-auto">
      <input
        type="radio"
        name={name}
        checked={checked}
        onChange={onPick}
        className="absolute inset-0 cursor-pointer appearance-none outline-none"
      />
      <span className="block aspect-square overflow-hidden rounded-control bg-well group-has-checked:outline-2 group-has-checked:outline-offset-2 group-has-checked:outline-ink group-has-focus-visible:outline-2 group-has-focus-visible:outline-offset-2 group-has-focus-visible:outline-accent">
        {sample ? (
          <img src={sample} alt="" width={96} height={96} draggable={false} className="size-full object-cover" />
        ) : (
          <span className="grid size-full place-items-center text-ink-3">
            <Shuffle size={20} strokeWidth={1.5} aria-hidden="true" />
          </span>
        )}
      </span>
      <span className="mt-1.5 block truncate text-center text-12 text-ink-2 group-has-checked:font-strong group-has-checked:text-ink">
        {label}
      </span>
    </label>
  );
}
