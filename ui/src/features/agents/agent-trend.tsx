import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Badge } from '@/components/badge';
import { Trend } from '@/components/trend';
import { duration } from '@/lib/format';
import { agentFiguresQuery } from '@/lib/server/stats';
import { useNow } from '@/lib/use-now';

/** How an agent does: its calls and runs of the last days, and whether it is quiet. */
export function AgentTrend({ agent }: { agent: string }) {
  const figures = useQuery(agentFiguresQuery());
  const quiet = figures.data?.find((each) => each.agent === agent)?.quiet;
  const now = useNow(60_000, Boolean(quiet));
  return (
    <Trend of={{ agent }}>
      {quiet && (
        <li>
          <Link to="/alerts" title={`About ${quiet.expected} calls were to be expected since`}>
            <Badge tone="bad">Quiet for {duration((now - Date.parse(quiet.since)) * 1000)}</Badge>
          </Link>
        </li>
      )}
    </Trend>
  );
}
