import { useQuery } from '@tanstack/react-query';
import { Badge } from '@/components/badge';
import { CodeBlock } from '@/components/code-block';
import { CopyButton } from '@/components/copy-button';
import { Facts } from '@/components/facts';
import { Failure } from '@/components/failure';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { Tabs } from '@/components/tabs';
import { sampleQuery } from '@/lib/server/testing';
import type { EventKind } from '@/lib/types';
import { waits } from './kinds';
import { PlatformSample } from './platform-sample';
import { VariableTable } from './variable-table';

type Props = {
  kind: EventKind;
  tab: string;
  provider: string | undefined;
  onTab: (tab: string) => void;
  onProvider: (provider: string) => void;
};

/** One kind: what it means, when it is raised, who waits, and its payload in every form. */
export function KindDetail({ kind, tab, provider, onTab, onProvider }: Props) {
  const sample = useQuery(sampleQuery({ kind: kind.kind }));
  const loaded = (show: (data: NonNullable<typeof sample.data>) => React.ReactNode) =>
    sample.data ? (
      show(sample.data)
    ) : sample.isError ? (
      <Failure
        error={sample.error}
        what="The sample could not be loaded"
        retry={() => void sample.refetch()}
      />
    ) : (
      <Skeleton rows={6} />
    );
  const tabs = [
    {
      value: 'default',
      label: 'Payload',
      content: loaded(({ payload }) => (
        <Json
          value={payload}
          label="Payload"
          note="What webhook.send posts unless the flow says otherwise."
        />
      )),
    },
    {
      value: 'flat',
      label: 'Flat',
      content: (
        <Json
          value={kind.payload}
          label="Flat payload"
          note="With payload: flat, and what ${…} sees in a template."
        />
      ),
    },
    {
      value: 'sent',
      label: 'As sent',
      content: (
        <Json
          value={kind.sample}
          label="Event as sent"
          note={
            kind.watches
              ? 'Raised here, never sent: what it says beside its call.'
              : 'The form of POST /v1/events.'
          }
        />
      ),
    },
    {
      value: 'variables',
      label: 'Variables',
      content: loaded(({ variables }) => <VariableTable variables={variables} />),
    },
    ...(kind.watches
      ? []
      : [
          {
            value: 'provider',
            label: 'By platform',
            content: <PlatformSample kind={kind.kind} provider={provider} onProvider={onProvider} />,
          },
        ]),
  ];
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Panel
        title={
          <span className="flex flex-wrap items-center gap-2">
            {kind.title}
            <Badge mono>{kind.kind}</Badge>
          </span>
        }
        actions={<CopyButton text={() => link(kind.kind)} label="Copy link" showLabel />}
      >
        <Facts
          facts={[
            ['Meaning', kind.description],
            [
              'Raised',
              kind.watches
                ? 'by Switchhook itself'
                : kind.one_shot
                  ? 'once per call, whatever comes twice or in another order'
                  : 'each time that it happens',
            ],
            ['Who waits', waits(kind)],
          ]}
        />
      </Panel>
      <Panel flush>
        <Tabs
          label="Forms of the event"
          tabs={tabs}
          value={tabs.some(({ value }) => value === tab) ? tab : 'default'}
          onChange={onTab}
        />
      </Panel>
    </div>
  );
}

const link = (kind: string) => `${location.origin}/developers/events?kind=${encodeURIComponent(kind)}`;

function Json({ value, label, note }: { value: unknown; label: string; note: string }) {
  const text = JSON.stringify(value, null, 2);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-ink-soft">{note}</p>
        <CopyButton text={text} label={`Copy ${label.toLowerCase()}`} />
      </div>
      <CodeBlock json text={text} label={label} className="max-h-[34rem]" />
    </div>
  );
}
