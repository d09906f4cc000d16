/** When flows that keep failing are paused, as a form has it: numbers are what was typed. */
export type Pausing = { when: 'usual' | 'own' | 'never'; failures: string; minutes: string };

const usual = { failures: 50, minutes: 10 };

/** Of `pause_after` on the wire: null, false, a number of failures, or `{failures, minutes}`. */
export function fromWire(value: unknown): Pausing {
  const limit = typeof value === 'number' ? { failures: value } : value;
  const own = typeof limit === 'object' && limit !== null ? limit : undefined;
  const { failures, minutes } = { ...usual, ...own };
  return {
    when: own ? 'own' : value === false ? 'never' : 'usual',
    failures: String(failures),
    minutes: String(minutes),
  };
}

export function toWire({ when, failures, minutes }: Pausing): unknown {
  if (when === 'usual') return null;
  return when === 'never' ? false : { failures: Number(failures), minutes: Number(minutes) };
}
