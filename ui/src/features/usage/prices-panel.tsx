import { useQuery } from '@tanstack/react-query';
import { Failure } from '@/components/failure';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { pricesQuery } from '@/lib/server/usage';
import { PricesForm } from './prices-form';

export function PricesPanel() {
  const prices = useQuery(pricesQuery());
  return (
    <Panel title="Prices">
      {prices.isError && !prices.data ? (
        <Failure
          error={prices.error}
          what="The prices could not be loaded"
          retry={() => void prices.refetch()}
        />
      ) : prices.data ? (
        <PricesForm key={JSON.stringify(prices.data.value)} known={prices.data} />
      ) : (
        <Skeleton rows={2} />
      )}
    </Panel>
  );
}
