interface SparkProps {
  readonly values: readonly number[];
}

const WIDTH = 84;
const HEIGHT = 18;

/** The run of a few numbers, without axes; the number beside it says how many. */
export function Spark({ values }: SparkProps) {
  const top = Math.max(...values, 1);
  const step = WIDTH / Math.max(1, values.length - 1);
  const points = values.map((value, index) => `${index * step},${HEIGHT - 1 - (value / top) * (HEIGHT - 2)}`);
  return (
    <svg aria-hidden="true" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} className="text-ink-2">
      <polyline points={points.join(' ')} fill="none" stroke="currentColor" strokeWidth={1.5} />
    </svg>
  );
}
