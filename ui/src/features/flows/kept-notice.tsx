import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { Notice } from '@/components/notice';
import { useMay } from '@/lib/may';
import { useDetachFlow } from '@/lib/server/flows';
import { say } from '@/lib/toasts';
import type { Flow } from '@/lib/types';

const agent = /^\/v1\/agents\/(.+)$/;

/** Where a flow is changed that is derived from settings, and the way to make it a flow like others. */
export function KeptNotice({ flow, settings }: { flow: Flow; settings: string }) {
  const [asking, setAsking] = useState(false);
  const detach = useDetachFlow(flow.id);
  const agentId = agent.exec(settings)?.[1];
  // Settings of the workspace are changed by admins alone.
  const { why } = useMay(agentId ? 'write' : 'admin');
  const place = settings.endsWith('/recordings')
    ? ({ to: '/settings/retention', label: 'Recording settings' } as const)
    : ({ to: '/settings/notify', label: 'Notification settings' } as const);
  return (
    <Notice title={agentId ? 'Kept by the settings of an agent' : `Kept by the ${place.label.toLowerCase()}`}>
      <p>
        It is read here and changed there alone:{' '}
        {agentId ? (
          <Link
            to="/agents/$agentId"
            params={{ agentId }}
            className="text-accent underline underline-offset-2"
          >
            Settings of the agent
          </Link>
        ) : (
          <Link to={place.to} className="text-accent underline underline-offset-2">
            {place.label}
          </Link>
        )}
        .
      </p>
      <Button size="sm" className="mt-2" why={why} onClick={() => setAsking(true)}>
        Edit as a flow…
      </Button>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        look="primary"
        title="Take it out of the settings?"
        confirm="Edit as a flow"
        busy={detach.isPending}
        error={detach.isError && <Failure error={detach.error} what="The flow was not detached" />}
        onConfirm={() =>
          detach.mutate(undefined, {
            onSuccess: () => {
              setAsking(false);
              say('It is a flow like others now', 'The settings do not have it any more.');
            },
          })
        }
      >
        The flow goes on as it is, and you can change all of it. What it does is removed from the settings,
        and changes there do not reach it any more.
      </Confirm>
    </Notice>
  );
}
