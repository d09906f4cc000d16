import { useNavigate } from '@tanstack/react-router';
import { useDuplicateFlow } from '@/lib/server/flows';
import { say } from '@/lib/toasts';

/** Makes a copy of a flow and opens it. */
export function useDuplicate(id: string) {
  const navigate = useNavigate();
  const { mutate, isPending, error } = useDuplicateFlow(id);
  const duplicate = (onError: (error: Error) => void = () => {}) =>
    mutate(undefined, {
      onSuccess: (made) => {
        say(`“${made.name}” made`, 'It is off until you turn it on.');
        void navigate({ to: '/flows/$flowId', params: { flowId: made.id } });
      },
      onError,
    });
  return { duplicate, isPending, error };
}
