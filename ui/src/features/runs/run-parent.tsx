import { Link, useSearch } from '@tanstack/react-router';

/** The list that the run was opened from, as it was filtered. */
export function RunParent() {
  const { list } = useSearch({ from: '/shell/runs/$runId' });
  return (
    <Link to="/runs" search={list ?? {}} className="rounded hover:text-ink hover:underline">
      Runs
    </Link>
  );
}
