/** Which input a field of an action gets: its kind where that is known here, else what its value or its example looks like. */
import { isObject, type Json, textOf } from '@/features/flow-editor/model/json';
import type { ActionField } from '@/lib/types';

export type Input =
  | 'text'
  | 'long_text'
  | 'url'
  | 'number'
  | 'addresses'
  | 'files'
  | 'pairs'
  | 'json'
  | 'choice'
  | 'auth'
  | 'truth'
  | 'plain'
  | 'plain_long';

const isNested = (value: Json | undefined) => isObject(value) || Array.isArray(value);
/** Where one line is not enough. */
const isLong = (text: string) => text.includes('\n') || text.length > 80;

export function inputOf(field: ActionField, value: Json | undefined): Input {
  const example = field.example as Json;
  switch (field.type) {
    case 'pairs':
    case 'json':
    case 'auth':
    case 'url':
      return field.type;
    case 'choice':
      return field.choices.length > 0 ? 'choice' : 'text';
    case 'files':
      return value === undefined || Array.isArray(value) ? 'files' : guess(field, value, example);
    case 'addresses':
      return isNested(value) && addressesOf(value) === value ? 'json' : 'addresses';
    case 'number':
      return isNested(value) ? 'json' : 'number';
    case 'long_text':
      return isNested(value) ? 'json' : field.placeholders ? 'long_text' : 'plain_long';
    default:
      return guess(field, value, example);
  }
}

function guess(field: ActionField, value: Json | undefined, example: Json): Input {
  const like = value ?? example;
  if (isNested(like)) return 'json';
  if (typeof example === 'boolean' && (value === undefined || typeof value === 'boolean')) return 'truth';
  if (typeof example === 'number') return 'number';
  const long = isLong(textOf(example)) || isLong(textOf(value));
  if (!field.placeholders) return long ? 'plain_long' : 'plain';
  return long ? 'long_text' : 'text';
}

/** A list of addresses as people write it; one that holds more than texts stays as it is. */
export const addressesOf = (value: Json | undefined): Json | undefined =>
  Array.isArray(value) && value.every((each) => typeof each === 'string') ? value.join(', ') : value;

/** A text that is a number as one; `1.0` is on its way to `1.05`. */
export const numberOf = (text: string): Json => (String(Number(text)) === text ? Number(text) : text);
