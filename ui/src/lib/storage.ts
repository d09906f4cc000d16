/** Where it is remembered: in this browser, or in this tab of it alone. */
type Where = 'browser' | 'tab';

// Even to name one may be refused: it is done where that is caught.
const storage = (where: Where) => (where === 'tab' ? sessionStorage : localStorage);

/** What was remembered; without storage nothing was. */
export function recall(name: string, where: Where = 'browser'): string | null {
  try {
    return storage(where).getItem(name);
  } catch {
    return null;
  }
}

/** Whether it could be done: private windows may refuse, and there is a bound. */
export function remember(name: string, value: string | null, where: Where = 'browser'): boolean {
  try {
    if (value === null) storage(where).removeItem(name);
    else storage(where).setItem(name, value);
    return true;
  } catch {
    return false;
  }
}

/** How names of what is kept of somebody's work begin. */
export const keptWork = 'switchhook.work.';

const everywhere: Where[] = ['tab', 'browser'];

/** Forgets what this browser holds of somebody's work: the next one who signs in here may be somebody else. */
export function forgetWork(where = everywhere): void {
  try {
    if (where.includes('tab')) sessionStorage.clear();
    if (!where.includes('browser')) return;
    const names = Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i));
    for (const name of names) if (name?.startsWith(keptWork)) localStorage.removeItem(name);
  } catch {
    // Nothing was kept, then.
  }
}

const owner = 'switchhook.owner';

/** What is kept is this one's from now on; what was kept of somebody else is forgotten. */
export function keepWorkOf(who: string): void {
  if (everywhere.some((where) => (recall(owner, where) ?? who) !== who)) forgetWork();
  for (const where of everywhere) remember(owner, who, where);
}
