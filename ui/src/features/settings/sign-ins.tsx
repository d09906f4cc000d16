import { useQuery } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { Button } from '@/components/button';
import { IconButton } from '@/components/icon-button';
import { Input } from '@/components/input';
import { Select } from '@/components/select';
import type { RecordingSettings } from '@/lib/server/privacy';
import { providersQuery } from '@/lib/server/providers';
import type { Connection } from '@/lib/types';

type SignIn = NonNullable<RecordingSettings['sign_in']>[number];
type Props = {
  signIns: SignIn[];
  onChange: (signIns: SignIn[]) => void;
  connections: Connection[];
};

const kinds = ['twilio', 'vonage', 'bearer', 'basic', 'header'];

/** What recordings of platforms are fetched with that open only to whoever signs in. */
export function SignIns({ signIns, onChange, connections }: Props) {
  const providers = useQuery(providersQuery());
  const fitting = connections.filter(({ kind }) => kinds.includes(kind));
  const change = (at: number, part: Partial<SignIn>) =>
    onChange(signIns.map((known, i) => (i === at ? { ...known, ...part } : known)));
  const add = () =>
    onChange([...signIns, { provider: 'twilio', connection: fitting[0]?.id ?? '', hosts: [] }]);
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="font-medium">Platforms that ask who wants a recording</legend>
      <p className="text-xs text-ink-mute">
        Twilio, Vonage, ElevenLabs, RingCentral and Dialpad do. Credentials are sent to the hosts named here
        and to no others; for those five, leave the hosts empty.
      </p>
      {signIns.map((known, at) => (
        <div key={at} className="flex flex-wrap items-center gap-2">
          <Select
            aria-label="Platform"
            value={known.provider}
            onChange={(event) => change(at, { provider: event.target.value })}
          >
            {providers.data?.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </Select>
          <Select
            aria-label="Connection"
            value={known.connection}
            onChange={(event) => change(at, { connection: event.target.value })}
          >
            {fitting.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          <Input
            aria-label="Hosts"
            placeholder="its own hosts"
            value={known.hosts?.join(' ') ?? ''}
            onChange={(event) => change(at, { hosts: event.target.value.split(/[\s,]+/).filter(Boolean) })}
            className="flex-1"
          />
          <IconButton
            label="Remove"
            icon={<Trash2 />}
            onClick={() => onChange(signIns.filter((_, i) => i !== at))}
          />
        </div>
      ))}
      <div>
        <Button
          size="sm"
          icon={<Plus />}
          onClick={add}
          why={fitting.length === 0 ? 'There is no connection of an account yet' : undefined}
        >
          Add a platform
        </Button>
      </div>
    </fieldset>
  );
}
