import { useQuery } from '@tanstack/react-query';
import { ConnectionDialog } from '@/features/connections/connection-dialog';
import { FlowOutline } from '@/features/flow-editor/outline';
import { RecipePage } from '@/features/recipes/recipe-page';
import { NewSecretDialog } from '@/features/secrets/new-secret-dialog';
import { connectionKindsQuery } from '@/lib/server/connections';

/** The page of a recipe with what it borrows: the reading of a flow, and the making of connections and secrets. */
export function RecipeScreen() {
  const kinds = useQuery(connectionKindsQuery());
  return (
    <RecipePage
      outline={(document) => <FlowOutline document={document} />}
      make={(asked, done, close) =>
        asked.type === 'secret' ? (
          <NewSecretDialog suggested={asked.name} onSaved={done} onClose={close} />
        ) : (
          <ConnectionDialog
            connection={undefined}
            kinds={kinds}
            only={asked.kinds}
            onSaved={done}
            onClose={close}
          />
        )
      }
    />
  );
}
