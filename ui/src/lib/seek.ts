import { useEffect } from 'react';

const SEEK = 'recording:seek';
const PLACE = 'recording:place';

/** Where the recording of the page is, in seconds from its start, and whether it goes on. */
export type Place = { at: number; playing: boolean };

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

/** Tells the page where its recording is. */
export function tellPlace(place: Place): void {
  window.dispatchEvent(new CustomEvent<Place>(PLACE, { detail: place }));
}

/** Hears where the recording is: some four times a second while it plays. */
export function usePlace(hear: (place: Place) => void): void {
  useEffect(() => {
    const heard = (event: Event) => {
      if (event instanceof CustomEvent) hear(event.detail as Place);
    };
    window.addEventListener(PLACE, heard);
    return () => window.removeEventListener(PLACE, heard);
  }, [hear]);
}
