import type { UseQueryResult } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { Select } from '@/components/select';
import { Skeleton } from '@/components/skeleton';
import { problemsOf } from '@/lib/problem';
import { useSaveConnection } from '@/lib/server/connections';
import { say } from '@/lib/toasts';
import type { Connection, ConnectionKind } from '@/lib/types';
import { ConnectionField } from './connection-field';
import { type Fields, fieldsOf, toSend } from './fields';

type Props = {
  connection: Connection | undefined;
  kinds: UseQueryResult<ConnectionKind[]>;
  /** The kinds to choose from; all unless given. */
  only?: string[];
  /** Told the name, before it closes. */
  onSaved?: (name: string) => void;
  onClose: () => void;
};

/** A form made of a kind's fields: for a new connection, or for a change of one. */
export function ConnectionDialog({ connection, kinds, only, onSaved, onClose }: Props) {
  const save = useSaveConnection(connection?.id);
  const [name, setName] = useState(connection?.name ?? '');
  const [chosen, setChosen] = useState(connection?.kind);
  const [fields, setFields] = useState<Fields>(() => fieldsOf(connection));
  const offered = kinds.data?.filter(({ name }) => !only || only.includes(name));
  const kind = offered?.find((each) => each.name === chosen) ?? offered?.[0];
  const problems = problemsOf(save.error);
  const problemAt = (path: string) => problems.find((problem) => problem.path === path)?.message;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!kind) return;
    save.mutate(
      { name: name.trim(), kind: kind.name, fields: toSend(kind, fields) },
      {
        onSuccess: (saved) => {
          onSaved?.(saved.name);
          say(connection ? 'Connection changed' : 'Connection saved', 'Test it to see whether it works.');
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={connection ? `Edit “${connection.name}”` : 'New connection'}
      description={kind?.help}
    >
      {kinds.isError && <Failure error={kinds.error} what="The kinds could not be loaded" />}
      {!kind ? (
        !kinds.isError && <Skeleton rows={4} />
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
          {save.isError && problems.length === 0 && (
            <Failure error={save.error} what="The connection was not saved" />
          )}
          {!connection && (
            <Field label="Kind" error={problemAt('/kind')}>
              {(ids) => (
                <Select {...ids} value={kind.name} onChange={(event) => setChosen(event.target.value)}>
                  {offered?.map((each) => (
                    <option key={each.name} value={each.name}>
                      {each.label}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          <Field label="Name" help="Steps name it by this." error={problemAt('/name')}>
            {(ids) => (
              <Input
                {...ids}
                required
                maxLength={100}
                placeholder="Sales mail"
                autoComplete="off"
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          {kind.fields.map((field) => (
            <ConnectionField
              key={`${kind.name}.${field.name}`}
              field={field}
              value={fields[field.name] ?? ''}
              kept={connection?.secrets.includes(field.name) ?? false}
              error={problemAt(`/fields/${field.name}`)}
              onChange={(value) => setFields((all) => ({ ...all, [field.name]: value }))}
            />
          ))}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" look="primary" busy={save.isPending}>
              {connection ? 'Save changes' : 'Save connection'}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
