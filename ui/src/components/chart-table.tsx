import type { Bar } from './bar-chart';

/** The same as the bars, for those who do not see them. */
export function ChartTable({ label, first, bars }: { label: string; first: string; bars: Bar[] }) {
  const columns = bars[0]?.facts.map(([name]) => name) ?? [];
  return (
    <div className="sr-only">
      <table>
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.key}>
              <th scope="row">{bar.title}</th>
              {bar.facts.map(([name, value]) => (
                <td key={name}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
