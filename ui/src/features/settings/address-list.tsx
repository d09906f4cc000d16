import { Plus, Trash2 } from 'lucide-react';
import { Button } from '@/components/button';
import { CopyButton } from '@/components/copy-button';
import { IconButton } from '@/components/icon-button';
import { Input } from '@/components/input';

type Props = {
  /** What one of them is called. */
  one: string;
  placeholder: string;
  addresses: string[];
  onChange: (addresses: string[]) => void;
  /** What is wrong with the one at this place. */
  problem: (at: number) => string | undefined;
};

/** Addresses or networks, one a line, to change and to copy. */
export function AddressList({ one, placeholder, addresses, onChange, problem }: Props) {
  const change = (at: number, text: string) => onChange(addresses.map((own, i) => (i === at ? text : own)));
  return (
    <div className="flex flex-col gap-2">
      {addresses.map((address, at) => {
        const wrong = problem(at);
        return (
          <div key={at}>
            <div className="flex items-center gap-1">
              <Input
                aria-label={`${one} ${at + 1}`}
                aria-invalid={wrong ? true : undefined}
                aria-describedby={wrong ? `${one}-${at}` : undefined}
                placeholder={placeholder}
                maxLength={100}
                autoComplete="off"
                spellCheck={false}
                autoFocus={address === '' && at === addresses.length - 1}
                value={address}
                onChange={(event) => change(at, event.target.value)}
                className="flex-1 font-mono text-xs"
              />
              <CopyButton text={address} label={`Copy ${address}`} />
              <IconButton
                size="sm"
                label={`Remove ${address || `${one} ${at + 1}`}`}
                icon={<Trash2 aria-hidden="true" />}
                onClick={() => onChange(addresses.filter((_, i) => i !== at))}
              />
            </div>
            {wrong && (
              <p id={`${one}-${at}`} className="mt-1 text-xs text-bad">
                {wrong}
              </p>
            )}
          </div>
        );
      })}
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden="true" />}
          why={addresses.length >= 100 ? 'There are 100 already' : undefined}
          onClick={() => onChange([...addresses, ''])}
        >
          Add {one.toLowerCase()}
        </Button>
      </div>
    </div>
  );
}
