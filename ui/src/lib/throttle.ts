/** Calls `action` at once and then at most every `interval` ms while asked; the last ask is never lost. */
export function throttle(action: () => void, interval: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const run = () => {
    action();
    timer = setTimeout(() => {
      timer = undefined;
      if (again) {
        again = false;
        run();
      }
    }, interval);
  };
  return () => {
    if (timer === undefined) run();
    else again = true;
  };
}
