import { useEffect, useState } from 'react';

const PAUSE = 200;

/** The value once it has stayed for `ms`, as when whoever types pauses: what a server is asked. */
export function useSettled<T>(value: T, ms = PAUSE): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
