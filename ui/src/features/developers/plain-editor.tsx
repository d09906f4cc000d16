type Props = { label: string; value: string; onChange: (value: string) => void };

/** A body that is no JSON, such as a form. */
export function PlainEditor({ label, value, onChange }: Props) {
  return (
    <textarea
      aria-label={label}
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="block h-[60vh] min-h-72 w-full resize-none bg-surface p-3 font-mono text-xs leading-5 break-all outline-offset-[-2px]"
    />
  );
}
