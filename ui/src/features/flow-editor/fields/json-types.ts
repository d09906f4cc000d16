/** The types of a JSON value as people choose them. */
import { isObject, type Json } from '@/features/flow-editor/model/json';

export type JsonType = 'text' | 'number' | 'truth' | 'object' | 'list' | 'nothing';

export const jsonTypes: [JsonType, string][] = [
  ['text', 'Text'],
  ['number', 'Number'],
  ['truth', 'Yes or no'],
  ['object', 'Group'],
  ['list', 'List'],
  ['nothing', 'Nothing'],
];

export function typeOf(value: Json): JsonType {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'list';
  if (isObject(value)) return 'object';
  return typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'truth' : 'text';
}

/** The value as another type, as far as it makes sense. */
export function convert(value: Json, type: JsonType): Json {
  switch (type) {
    case 'text':
      return typeof value === 'string'
        ? value
        : value === null || typeof value === 'object'
          ? ''
          : String(value);
    case 'number':
      return Number.isFinite(Number(value)) && typeof value !== 'object' ? Number(value) : 0;
    case 'truth':
      return value === true || value === 'true' || value === 1;
    case 'object':
      return isObject(value) ? value : {};
    case 'list':
      return Array.isArray(value) ? value : value === null || value === '' || isObject(value) ? [] : [value];
    case 'nothing':
      return null;
  }
}
