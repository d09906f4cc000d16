import type { FieldIds } from '@/components/field';
import type { Json } from '@/features/flow-editor/model/json';
import { useOffering } from '@/features/flow-editor/text/use-offering';
import { JsonText } from './json-text';

type Props = {
  at: string;
  label: string;
  value: Json;
  onChange: (value: Json) => void;
  /** Nothing is filled in here. */
  plain: boolean;
  ids: FieldIds;
};

/** JSON of a flow as text: values of the call and of earlier steps are offered in it. */
export function JsonPart({ at, plain, ...props }: Props) {
  const offering = useOffering(at);
  return <JsonText {...props} offering={plain ? undefined : offering} />;
}
