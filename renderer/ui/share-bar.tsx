import './share-bar.css';

export interface Share {
  readonly key: string;
  readonly label: string;
  /** The size in words. */
  readonly words: string;
  readonly value: number;
}

/** How a whole is shared out: a bar, and below it what each part is. The first share is the one that matters. */
export function ShareBar({
  shares,
  label,
}: {
  readonly shares: readonly Share[];
  readonly label: string;
}) {
  const whole = Math.max(
    1,
    shares.reduce((sum, { value }) => sum + value, 0),
  );
  return (
    <div className="share-bar">
      <div className="share-bar__bar" role="img" aria-label={label}>
        {shares.map(({ key, value }) => (
          <span
            key={key}
            className={`share share--${key}`}
            style={{ flexGrow: value / whole, minWidth: value > 0 ? '2px' : undefined }}
          />
        ))}
      </div>
      <dl className="share-bar__list">
        {shares.map(({ key, label: name, words }) => (
          <div key={key} className="share-bar__item">
            <dt>
              <span className={`share-bar__mark share--${key}`} aria-hidden="true" />
              {name}
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
