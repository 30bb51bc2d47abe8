import './bar-chart.css';

export interface Bar {
  readonly key: string;
  readonly value: number;
  /** Shows while the pointer rests on it. */
  readonly title: string;
}

const BAR = 10;
const GAP = 2;
const HEIGHT = 100;
/** A small value is still seen to be one. */
const LOWEST = 2;

/** Upright bars, the last one in the accent colour. The label says what matters of them; a table beside says the rest. */
export function BarChart({
  bars,
  label,
}: {
  readonly bars: readonly Bar[];
  readonly label: string;
}) {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <svg
      className="bar-chart"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${bars.length * BAR} ${HEIGHT}`}
      preserveAspectRatio="none"
    >
      {bars.map(({ key, value, title }, index) => {
        const height = value === 0 ? 0 : Math.max(LOWEST, (value / most) * HEIGHT);
        return (
          <g key={key} className={index === bars.length - 1 ? 'bar bar--last' : 'bar'}>
            <title>{title}</title>
            <rect className="bar__reach" x={index * BAR} y={0} width={BAR} height={HEIGHT} />
            <rect
              className="bar__value"
              x={index * BAR + GAP / 2}
              y={HEIGHT - height}
              width={BAR - GAP}
              height={height}
            />
          </g>
        );
      })}
    </svg>
  );
}
