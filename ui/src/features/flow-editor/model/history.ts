/** Undo and redo: whole documents, which share what did not change. */
export type History<T> = { past: T[]; now: T; future: T[]; key: string; at: number };

const kept = 200;
/** Changes of one field closer together than this are one change. */
const pause = 1500;

export const begin = <T>(now: T): History<T> => ({ past: [], now, future: [], key: '', at: 0 });

/** `key` names what is being typed into; an empty one never joins the change before. */
export function record<T>(history: History<T>, now: T, key: string, at: number): History<T> {
  if (now === history.now) return history;
  const joins = key !== '' && key === history.key && at - history.at < pause;
  const past = joins ? history.past : [...history.past, history.now].slice(-kept);
  return { past, now, future: [], key, at };
}

export function undo<T>(history: History<T>): History<T> {
  const now = history.past.at(-1);
  if (now === undefined) return history;
  return { past: history.past.slice(0, -1), now, future: [history.now, ...history.future], key: '', at: 0 };
}

export function redo<T>(history: History<T>): History<T> {
  const [now, ...future] = history.future;
  if (now === undefined) return history;
  return { past: [...history.past, history.now], now, future, key: '', at: 0 };
}
