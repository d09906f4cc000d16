import { Link } from '@tanstack/react-router';

export function RunParent() {
  return (
    <Link to="/runs" className="rounded hover:text-ink hover:underline">
      Runs
    </Link>
  );
}
