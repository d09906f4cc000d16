/** Header lines as they were sent; secrets are masked already. */
export function HeaderList({ headers }: { headers: string[][] }) {
  if (headers.length === 0) return null;
  return (
    <section aria-label="Headers" className="flex flex-col gap-2">
      <h3 className="font-medium">
        Headers <span className="font-normal text-ink-mute">{headers.length}</span>
      </h3>
      <dl className="grid grid-cols-[minmax(7rem,max-content)_minmax(0,1fr)] gap-x-4 gap-y-1 font-mono text-xs">
        {headers.map(([name, value], i) => (
          <div key={i} className="contents">
            <dt className="text-ink-mute">{name}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
