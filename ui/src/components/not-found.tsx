import { Link } from '@tanstack/react-router';
import { buttonClass } from './button';
import { Empty } from './empty';

export function NotFound() {
  return (
    <Empty
      title="There is no such page"
      action={
        <Link to="/" className={buttonClass('plain')}>
          Go to Overview
        </Link>
      }
    >
      The address may be incomplete, or the thing was deleted.
    </Empty>
  );
}
