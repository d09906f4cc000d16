import { Link } from '@tanstack/react-router';
import { Badge } from './badge';

type Props = {
  callId: string;
  event: { id: string; kind: string };
  /** It is on the page of the call already, which stays where it is. */
  stays?: boolean;
};

/** The kind of an event, which leads to it beside the events of its call. */
export function EventLink({ callId, event: { id, kind }, stays = false }: Props) {
  return (
    <Link
      to="/calls/$callId"
      params={{ callId }}
      search={{ tab: 'events', event: id }}
      resetScroll={!stays}
      aria-label={`Look at ${kind}`}
      className="rounded hover:underline"
    >
      <Badge mono>{kind}</Badge>
    </Link>
  );
}
