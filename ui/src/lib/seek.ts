import { useEffect } from 'react';

const SEEK = 'recording:seek';

/** Asks the player of the page's recording to go on from there, in seconds from its start, as turns are counted; nobody hears it where there is none. */
export function seek(seconds: number): void {
  window.dispatchEvent(new CustomEvent<number>(SEEK, { detail: seconds }));
}

/** Hears where others want the recording to go on. */
export function useSeek(goTo: (seconds: number) => void): void {
  useEffect(() => {
    const heard = (event: Event) => {
      if (event instanceof CustomEvent && typeof event.detail === 'number') goTo(event.detail);
    };
    window.addEventListener(SEEK, heard);
    return () => window.removeEventListener(SEEK, heard);
  }, [goTo]);
}
