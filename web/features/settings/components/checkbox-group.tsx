import { useId } from 'react';
import { cx } from '#web/components/class-names.ts';

interface CheckboxGroupProps<Value extends string> {
  readonly legend: string;
  /** The label of each option, in the order in which they are shown. */
  readonly labels: Readonly<Record<Value, string>>;
  readonly value: readonly Value[];
  /** Called with the chosen options in their order. */
  readonly onChange: (value: Value[]) => void;
  readonly columns?: 1 | 2;
  readonly error?: string | undefined;
}

/** Any number of a few options. */
export function CheckboxGroup<Value extends string>(props: CheckboxGroupProps<Value>) {
  const { legend, labels, value, onChange, columns = 1, error } = props;
  const id = useId();
  const options = Object.keys(labels) as Value[];
  const toggle = (option: Value, isChosen: boolean) =>
    onChange(options.filter((other) => (other === option ? isChosen : value.includes(other))));
  return (
    <fieldset aria-describedby={error && id}>
      <legend className="mb-1 text-13 font-strong">{legend}</legend>
      <div className={cx('grid gap-x-6', columns === 2 && 'sm:grid-cols-2')}>
        {options.map((option) => (
          <label
            key={option}
            className="flex min-h-8 cursor-pointer items-center gap-2.5 text-13 pointer-coarse:min-h-11"
          >
            <input
              type="checkbox"
              checked={value.includes(option)}
              onChange={({ target }) => toggle(option, target.checked)}
              className="size-4 shrink-0 accent-ink"
            />
            {labels[option]}
          </label>
        ))}
      </div>
      {error && (
        <p id={id} role="alert" className="mt-1 text-13 text-bad">
          {error}
        </p>
      )}
    </fieldset>
  );
}
