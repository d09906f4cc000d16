/** JSON as it is coloured and indented, with the placeholders in its texts. It says nothing of whether the text is JSON. */
import { StreamLanguage } from '@codemirror/language';
import { tags } from '@lezer/highlight';

type State = {
  depth: number;
  /** In a text: that of a name, or of a value. */
  quoted: 'name' | 'text' | undefined;
  /** In `{{ }}`. */
  filled: boolean;
};

const tones = { name: 'propertyName', text: 'string' } as const;

export const jsonLanguage = StreamLanguage.define<State>({
  name: 'json',
  startState: () => ({ depth: 0, quoted: undefined, filled: false }),
  tokenTable: { placeholder: tags.special(tags.variableName) },
  languageData: { closeBrackets: { brackets: ['{', '[', '"'] } },
  token(stream, state) {
    if (stream.sol()) {
      // A text ends with its line.
      state.quoted = undefined;
      state.filled = false;
    }
    if (state.quoted) {
      const tone = tones[state.quoted];
      if (stream.eat('"')) {
        state.quoted = undefined;
        state.filled = false;
        return tone;
      }
      if (stream.match('{{')) state.filled = true;
      else if (stream.match('}}')) state.filled = false;
      else if (state.filled && stream.match(/^\|\s*\w*/)) return 'keyword';
      else {
        if (!stream.match(state.filled ? /^(?:\\.|[^"\\|}])+/ : /^(?:\\.|[^"\\{])+/)) stream.next();
        return state.filled ? 'placeholder' : tone;
      }
      return 'placeholder';
    }
    if (stream.eatSpace()) return null;
    if (stream.eat('"')) {
      state.quoted = /^(?:[^"\\]|\\.)*"\s*:/.test(stream.string.slice(stream.pos)) ? 'name' : 'text';
      return tones[state.quoted];
    }
    if (stream.match(/^-?\d[\d.eE+-]*/)) return 'number';
    if (stream.match(/^(?:true|false|null)\b/)) return 'bool';
    const sign = stream.next() ?? '';
    if ('{['.includes(sign)) state.depth += 1;
    if ('}]'.includes(sign)) state.depth = Math.max(0, state.depth - 1);
    return null;
  },
  indent: ({ depth }, after, { unit }) => Math.max(0, depth - (/^\s*[}\]]/.test(after) ? 1 : 0)) * unit,
});
