import type { DayArrivals, HomeView } from '../../shared/home-view.ts';
import { formatByteCount, formatCount, formatLocalDate } from '../text/format.ts';
import { homeText } from '../text/home-text.ts';
import { BarChart } from '../ui/bar-chart.tsx';
import { ForwardIcon } from '../ui/icons.tsx';
import { Panel } from '../ui/panel.tsx';

const words = homeText.days;

const dayWords = ({ day }: DayArrivals) => formatLocalDate(`${day}T00:00:00`);

/** How much came on each of the last days: two charts, and the same as a table. */
export function DaysPanel({ days }: { readonly days: HomeView['days'] }) {
  if (days.every(({ fileCount }) => fileCount === 0)) {
    return (
      <Panel title={words.title}>
        <p className="quiet">{words.none}</p>
      </Panel>
    );
  }
  return (
    <Panel title={words.title}>
      <div className="home__charts">
        <Chart what={words.files} days={days} of="fileCount" format={formatCount} />
        <Chart what={words.bytes} days={days} of="byteCount" format={formatByteCount} />
      </div>
      <details className="home__fold">
        <summary className="home__fold-title">
          <ForwardIcon size={16} />
          {words.table}
        </summary>
        <table className="home__table">
          <thead>
            <tr>
              <th scope="col">{words.day}</th>
              <th scope="col">{words.fileCount}</th>
              <th scope="col">{words.byteCount}</th>
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map((day) => (
              <tr key={day.day}>
                <th scope="row">{dayWords(day)}</th>
                <td>{formatCount(day.fileCount)}</td>
                <td>{formatByteCount(day.byteCount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Panel>
  );
}

function Chart(props: {
  readonly what: string;
  readonly days: readonly DayArrivals[];
  readonly of: 'fileCount' | 'byteCount';
  readonly format: (value: number) => string;
}) {
  const { what, days, of, format } = props;
  const most = days.reduce((best, day) => (day[of] > best[of] ? day : best));
  const label =
    most[of] === 0 ? words.chartEmpty(what) : words.chart(what, format(most[of]), dayWords(most));
  const [first] = days;
  return (
    <figure className="home__chart">
      <figcaption className="home__chart-head">
        <span>{what}</span>
        <span className="quiet small">{format(most[of])}</span>
      </figcaption>
      <BarChart
        label={label}
        bars={days.map((day) => ({
          key: day.day,
          value: day[of],
          title: `${dayWords(day)}: ${format(day[of])}`,
        }))}
      />
      <p className="home__chart-foot quiet small" aria-hidden="true">
        <span>{first && dayWords(first)}</span>
        <span>{words.today}</span>
      </p>
    </figure>
  );
}
