import { Link } from '@tanstack/react-router';
import { buttonClass } from './button';
import { Empty } from './empty';
import { Page } from './page';

export function NotFound() {
  return (
    <Page title="There is no such page">
      <Empty
        title="Nothing is at this address"
        action={
          <Link to="/" className={buttonClass('plain')}>
            Go to Overview
          </Link>
        }
      >
        The address may be incomplete, or the thing was deleted.
      </Empty>
    </Page>
  );
}
