import { Plus, X } from 'lucide-react';
import { Button } from '@/components/button';
import { IconButton } from '@/components/icon-button';
import { Select } from '@/components/select';
import { below, type Json, listOf, objectOf } from '@/features/flow-editor/model/json';
import { Labelled } from './labelled';
import { TemplateInput } from './template-input';

type Props = {
  at: string;
  label: string;
  help?: string | undefined;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  secrets: boolean;
};

const kinds = [
  ['url', 'From an address'],
  ['text', 'With this text'],
] as const;

/** Files: each with its name, and where it comes from. */
export function FilesField({ at, label, help, value, onChange, secrets }: Props) {
  const files = listOf(value);
  const put = (i: number, change: Record<string, Json | undefined>) => {
    const next = { ...objectOf(files[i]), ...change };
    const given = Object.entries(next).filter((each): each is [string, Json] => each[1] !== undefined);
    onChange(files.with(i, Object.fromEntries(given)));
  };
  return (
    <Labelled at={at} label={label} help={help} deep>
      {(ids) => (
        <div {...ids} role="group" aria-label={label} className="flex flex-col gap-3">
          {files.map((item, i) => {
            const file = objectOf(item);
            const kind = 'text' in file ? 'text' : 'url';
            return (
              <div key={i} className="flex flex-col gap-2 rounded-md border border-line p-2">
                <div className="flex flex-wrap items-start gap-2">
                  <div className="min-w-36 flex-1">
                    <TemplateInput
                      at={below(at, i, 'name')}
                      aria-label={`Name of file ${i + 1}`}
                      placeholder="Name"
                      value={file.name}
                      onChange={(name) => put(i, { name: name || undefined })}
                    />
                  </div>
                  <Select
                    aria-label={`Where file ${i + 1} comes from`}
                    value={kind}
                    onChange={(event) =>
                      put(i, { url: undefined, text: undefined, [event.target.value]: '' })
                    }
                  >
                    {kinds.map(([name, words]) => (
                      <option key={name} value={name}>
                        {words}
                      </option>
                    ))}
                  </Select>
                  <IconButton
                    size="sm"
                    label={`Remove file ${i + 1}`}
                    icon={<X aria-hidden="true" />}
                    onClick={() => onChange(files.length > 1 ? files.toSpliced(i, 1) : undefined)}
                  />
                </div>
                <TemplateInput
                  at={below(at, i, kind)}
                  aria-label={kind === 'url' ? `Address of file ${i + 1}` : `Text of file ${i + 1}`}
                  placeholder={kind === 'url' ? '{{ recording_url }}' : '{{ transcript }}'}
                  value={file[kind]}
                  multiline={kind === 'text'}
                  as={kind === 'url' ? 'url' : 'template'}
                  secrets={secrets}
                  onChange={(text) => put(i, { [kind]: text })}
                />
              </div>
            );
          })}
          <div className="-ml-2">
            <Button
              size="sm"
              look="quiet"
              icon={<Plus aria-hidden="true" />}
              onClick={() => onChange([...files, { name: '', url: '' }])}
            >
              Add a file
            </Button>
          </div>
        </div>
      )}
    </Labelled>
  );
}
