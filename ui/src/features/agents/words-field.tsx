import { Check } from './check';

type Props = {
  label: string;
  help: string;
  /** What there is to choose from; chosen words that are not among them are shown, too. */
  words: readonly string[];
  value: string[] | undefined;
  error: string | undefined;
  onChange: (value: string[]) => void;
};

const same = (one: string) => (other: string) => one.toLowerCase() === other.toLowerCase();

/** Some of a few words, to tick. */
export function WordsField({ label, help, words, value = [], error, onChange }: Props) {
  const all = [...words, ...value].filter((word, i, list) => list.findIndex(same(word)) === i);
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-2 font-medium">{label}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {all.map((word) => (
          <Check
            key={word}
            checked={value.some(same(word))}
            onChange={(on) => onChange(on ? [...value, word] : value.filter((each) => !same(word)(each)))}
          >
            {word}
          </Check>
        ))}
      </div>
      <p className={error ? 'text-xs text-bad' : 'text-xs text-ink-mute'}>{error ?? help}</p>
    </fieldset>
  );
}
