import { useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { Input } from '@/components/input';
import { Select } from '@/components/select';
import { type ContactImport, type ImportOptions, useImportContacts } from '@/lib/server/contacts';
import { ImportMapping } from './import-mapping';
import { ImportResult } from './import-result';

/** Enough of a table to know its columns and see some of its rows. */
const head = 256 * 1024;

/** A table on its way in: choose it, say what its columns feed, see what became of it. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [file, setFile] = useState<File>();
  const [mode, setMode] = useState<ImportOptions['mode']>('skip');
  const [country, setCountry] = useState('');
  const [mapping, setMapping] = useState<ImportOptions['mapping']>({});
  const [look, setLook] = useState<ContactImport>();
  const [sent, setSent] = useState(0);
  const peek = useImportContacts(() => {});
  const load = useImportContacts(setSent);
  const options = (dryRun: boolean): ImportOptions => ({ mapping, mode, country: country.trim(), dryRun });

  const choose = (chosen: File | undefined) => {
    setFile(chosen);
    setLook(undefined);
    setMapping({});
    load.reset();
    if (!chosen) return;
    peek.mutate(
      {
        table: chosen.slice(0, head),
        options: { mapping: {}, mode: 'skip', country: country.trim() || 'US', dryRun: true },
      },
      {
        onSuccess: (found) => {
          setLook(found);
          setMapping(Object.fromEntries(found.columns.map(({ heading, feeds }) => [heading, feeds])));
        },
      },
    );
  };
  const start = (dryRun: boolean) => {
    if (!file) return;
    setSent(0);
    load.mutate({ table: file, options: options(dryRun) });
  };
  const done = load.data && !load.data.dry_run;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Import contacts"
      description="A table with headings in its first line, as spreadsheets export it (CSV). Contacts are told apart by their numbers."
    >
      {!done && (
        <Field label="Table" help="At most 1,000,000 rows. Commas, semicolons or tabs; any usual encoding.">
          {(ids) => (
            <input
              {...ids}
              type="file"
              accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
              onChange={(event) => choose(event.target.files?.[0])}
              className="w-full min-w-0 text-sm file:mr-3 file:h-8 file:rounded-md file:border file:border-line-strong file:bg-raised file:px-3 file:text-ink"
            />
          )}
        </Field>
      )}
      {peek.isError && <Failure error={peek.error} what="The table could not be read" />}
      {look && !done && (
        <>
          <ImportMapping look={look} mapping={mapping} onChange={setMapping} />
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Contacts that are known">
              {(ids) => (
                <Select
                  {...ids}
                  value={mode}
                  onChange={(event) => setMode(event.target.value as typeof mode)}
                >
                  <option value="skip">Leave the contact alone</option>
                  <option value="update">Take over what the row says</option>
                </Select>
              )}
            </Field>
            <Field
              label="Country of numbers without one"
              help="Two letters, such as US or DE. Left empty, such rows are refused."
            >
              {(ids) => (
                <Input
                  {...ids}
                  maxLength={2}
                  placeholder="None"
                  value={country}
                  onChange={(event) => setCountry(event.target.value.toUpperCase())}
                />
              )}
            </Field>
          </div>
        </>
      )}
      {load.isPending && (
        <div className="flex flex-col gap-1" role="status">
          <progress value={sent} max={1} aria-label="Sent" className="h-2 w-full accent-accent" />
          <span className="text-xs text-ink-mute">
            {sent < 1 ? `${Math.floor(sent * 100)} % sent` : 'Almost done'}
          </span>
        </div>
      )}
      {load.isError && <Failure error={load.error} what="The table was not imported" />}
      {load.data && <ImportResult result={load.data} />}
      <div className="flex flex-wrap justify-end gap-2">
        {done ? (
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button disabled={!look} busy={load.isPending} onClick={() => start(true)}>
              Check first
            </Button>
            <Button look="primary" disabled={!look} busy={load.isPending} onClick={() => start(false)}>
              Import
            </Button>
          </>
        )}
      </div>
    </Dialog>
  );
}
