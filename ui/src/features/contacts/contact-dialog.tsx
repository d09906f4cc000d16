import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Confirm } from '@/components/confirm';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { useMay } from '@/lib/may';
import { nameOf } from '@/lib/names';
import { problemsOf } from '@/lib/problem';
import { useDeleteContact, useSaveContact } from '@/lib/server/contacts';
import { say } from '@/lib/toasts';
import type { Contact } from '@/lib/types';
import { type Column, ColumnsField, columnsOf, toColumns } from './columns-field';

type Props = {
  contact: Contact | undefined;
  onClose: () => void;
  /** Afterwards there is nothing to close. */
  onDeleted?: () => void;
};

const texts = [
  ['phone', 'Phone', '+14155550100', 'tel'],
  ['first_name', 'First name', 'Ada', 'text'],
  ['last_name', 'Last name', 'Lovelace', 'text'],
  ['email', 'E-mail', 'ada@example.com', 'email'],
  ['company', 'Company', 'Analytical', 'text'],
] as const;

/** A new contact, or a change of one over the version that is shown. */
export function ContactDialog({ contact, onClose, onDeleted = onClose }: Props) {
  const admin = useMay('admin').may;
  const [save, remove] = [useSaveContact(contact), useDeleteContact()];
  const [asking, setAsking] = useState(false);
  const [fields, setFields] = useState(() =>
    Object.fromEntries(texts.map(([name]) => [name, contact?.[name] ?? ''])),
  );
  const [blocked, setBlocked] = useState(contact?.do_not_call ?? false);
  const [columns, setColumns] = useState<Column[]>(() => columnsOf(contact?.columns ?? {}));
  const problems = problemsOf(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = Object.fromEntries(
      Object.entries(fields)
        .map(([name, value]) => [name, value.trim()] as const)
        .filter(([name, value]) => value || name === 'phone'),
    );
    save.mutate(
      { phone: '', ...given, do_not_call: blocked, columns: toColumns(columns) },
      {
        onSuccess: () => {
          say(contact ? 'Contact changed' : 'Contact saved');
          onClose();
        },
      },
    );
  };
  return (
    <>
      <Dialog
        open={!asking}
        onClose={onClose}
        title={contact ? nameOf(contact) || contact.phone : 'New contact'}
      >
        <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
          {save.isError && problems.length === 0 && (
            <Failure error={save.error} what="The contact was not saved" />
          )}
          <div className="grid gap-4 sm:grid-cols-2">
            {texts.map(([name, label, placeholder, type]) => (
              <Field
                key={name}
                label={label}
                help={name === 'phone' ? 'With its country. Calls find the contact by it.' : undefined}
                error={problems.find(({ path }) => path === `/${name}`)?.message}
              >
                {(ids) => (
                  <Input
                    {...ids}
                    type={type}
                    autoComplete="off"
                    maxLength={1000}
                    placeholder={placeholder}
                    value={fields[name]}
                    onChange={(event) => setFields((all) => ({ ...all, [name]: event.target.value }))}
                  />
                )}
              </Field>
            ))}
          </div>
          <label className="flex items-center gap-2">
            <input
              type="checkbox"
              checked={blocked}
              onChange={(event) => setBlocked(event.target.checked)}
              className="size-4 accent-accent"
            />
            Do not call
          </label>
          <ColumnsField columns={columns} problems={problems} onChange={setColumns} />
          <div className="flex flex-wrap justify-end gap-2">
            {contact && (
              <Button look="danger" className="mr-auto" onClick={() => setAsking(true)}>
                Delete
              </Button>
            )}
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" look="primary" busy={save.isPending}>
              {contact ? 'Save changes' : 'Save contact'}
            </Button>
          </div>
        </form>
      </Dialog>
      {contact && (
        <Confirm
          open={asking}
          onClose={() => setAsking(false)}
          title={`Delete “${nameOf(contact) || contact.phone}”?`}
          confirm="Delete the contact"
          busy={remove.isPending}
          error={remove.isError && <Failure error={remove.error} what="The contact was not deleted" />}
          onConfirm={() =>
            remove.mutate(contact.id, {
              onSuccess: () => {
                say('Contact deleted');
                onDeleted();
              },
            })
          }
        >
          Calls that know it already keep what they know. It cannot be brought back.
          {admin && (
            <>
              {' '}
              To remove everything about the number, calls included,{' '}
              <Link
                to="/settings/retention"
                search={{ forget: contact.phone }}
                className="text-accent underline underline-offset-2"
              >
                forget it
              </Link>
              .
            </>
          )}
        </Confirm>
      )}
    </>
  );
}
