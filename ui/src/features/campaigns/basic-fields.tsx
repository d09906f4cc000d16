import { useInfiniteQuery } from '@tanstack/react-query';
import { Field } from '@/components/field';
import { Input, inputClass } from '@/components/input';
import { Select } from '@/components/select';
import { classes } from '@/lib/classes';
import { agentsQuery } from '@/lib/server/agents';
import type { CampaignSettings } from '@/lib/types';
import { AudienceCount } from './audience-count';
import { DoNotCallField } from './do-not-call-field';
import { lines, type Parts } from './parts';

const pairsOf = (columns: CampaignSettings['contacts']) =>
  Object.entries(columns ?? {})
    .map(([column, value]) => `${column} = ${String(value)}`)
    .join('\n');

const toPairs = (text: string) =>
  Object.fromEntries(
    lines(text).map((line) => {
      const [column = '', ...value] = line.split('=');
      return [column.trim(), value.join('=').trim()];
    }),
  );

/** Who calls whom, from which number. */
export function BasicFields({ settings, set, problem }: Parts) {
  const agents = useInfiniteQuery(agentsQuery());
  const known = agents.data?.some(({ name }) => name === settings.agent);
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name" error={problem('/name')}>
          {(ids) => (
            <Input
              {...ids}
              maxLength={100}
              autoComplete="off"
              placeholder="Sales Outbound Q1"
              value={settings.name}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label="Type">
          {(ids) => (
            <Select
              {...ids}
              value={settings.type ?? 'outbound'}
              onChange={(event) => set({ type: event.target.value as 'inbound' | 'outbound' })}
            >
              <option value="outbound">Outbound</option>
              <option value="inbound">Inbound</option>
            </Select>
          )}
        </Field>
        <Field label="Agent" error={problem('/agent')}>
          {(ids) => (
            <Select
              {...ids}
              value={settings.agent ?? ''}
              onChange={(event) => set({ agent: event.target.value || null })}
            >
              <option value="">None</option>
              {agents.data?.map(({ id, name }) => (
                <option key={id} value={name}>
                  {name}
                </option>
              ))}
              {settings.agent && !known && <option value={settings.agent}>{settings.agent}</option>}
            </Select>
          )}
        </Field>
        <Field label="Caller id" help="The number that people see." error={problem('/caller_id')}>
          {(ids) => (
            <Input
              {...ids}
              type="tel"
              autoComplete="off"
              placeholder="+14155550100"
              value={settings.caller_id ?? ''}
              onChange={(event) => set({ caller_id: event.target.value || null })}
            />
          )}
        </Field>
        <Field
          label="Platform's campaign id"
          help="Calls that name it are this campaign's, as are those that name it by its name here."
          error={problem('/provider_campaign_id')}
        >
          {(ids) => (
            <Input
              {...ids}
              maxLength={200}
              autoComplete="off"
              placeholder="None"
              value={settings.provider_campaign_id ?? ''}
              onChange={(event) => set({ provider_campaign_id: event.target.value || null })}
            />
          )}
        </Field>
        <Field label="Calls at once" error={problem('/concurrency')}>
          {(ids) => (
            <Input
              {...ids}
              type="number"
              min={1}
              max={1000}
              value={settings.concurrency}
              onChange={(event) => set({ concurrency: Number(event.target.value) })}
            />
          )}
        </Field>
        <Field label="Time zone" help="For contacts whose own is not known." error={problem('/zone')}>
          {(ids) => (
            <Input
              {...ids}
              autoComplete="off"
              placeholder="America/New_York"
              value={settings.zone ?? ''}
              onChange={(event) => set({ zone: event.target.value || null })}
            />
          )}
        </Field>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Contacts"
          help={
            <>
              One per line: a column and its value. None: all contacts.{' '}
              <AudienceCount columns={settings.contacts ?? {}} />
            </>
          }
          error={problem('/contacts')}
        >
          {(ids) => (
            <textarea
              {...ids}
              rows={3}
              placeholder="list = spring"
              className={classes(inputClass, 'h-auto py-2 font-mono text-xs leading-normal')}
              defaultValue={pairsOf(settings.contacts)}
              onBlur={(event) => set({ contacts: toPairs(event.target.value) })}
            />
          )}
        </Field>
        <DoNotCallField settings={settings} set={set} problem={problem} />
      </div>
    </>
  );
}
