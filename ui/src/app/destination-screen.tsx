import { LatestDeliveries } from '@/features/deliveries/latest-deliveries';
import { DestinationPage } from '@/features/destinations/destination-page';

/** A destination with what it borrows: what went out to it. One without a host has no deliveries of its own. */
export function DestinationScreen() {
  return (
    <DestinationPage
      deliveries={(name) => (/:\d+$/.test(name) ? <LatestDeliveries destination={name} /> : null)}
    />
  );
}
