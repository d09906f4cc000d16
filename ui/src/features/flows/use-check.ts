import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { checkQuery } from '@/lib/server/flows';

/** What the server would say of a text, asked when the typing pauses; nothing is saved. */
export function useCheck(text: string, active: boolean) {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 500);
    return () => clearTimeout(timer);
  }, [text]);
  const check = useQuery({
    ...checkQuery(settled),
    enabled: active && settled === text,
    placeholderData: keepPreviousData,
  });
  return active ? check.data : undefined;
}
