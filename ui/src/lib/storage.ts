/** What this browser remembers of looks; without storage it just forgets. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // Private windows may refuse: nothing depends on it.
  }
}

/** Forgets what this tab holds of somebody's work: the next one who signs in here may be somebody else. */
export function forgetTab(): void {
  try {
    sessionStorage.clear();
  } catch {
    // Nothing was kept, then.
  }
}
