import { useEffect, useState } from 'react';

const PAUSE = 200;

/** The words once whoever types pauses: what a server is asked. */
export function useSettled(words: string): string {
  const [settled, setSettled] = useState(words);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(words), PAUSE);
    return () => clearTimeout(timer);
  }, [words]);
  return settled;
}
