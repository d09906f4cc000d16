import { Button } from '@/components/button';

/** How a document is kept: put in force, or set aside; each says what it does to runs. */
export type Saving = {
  publish: { label: string; hint: string };
  draft: { label: string; hint: string };
  onSave: (draft: boolean) => void;
  busy: 'publish' | 'draft' | undefined;
  /** Why nothing can be saved now. */
  why: string | undefined;
};

export function SaveButtons({ saving }: { saving: Saving }) {
  const { publish, draft, onSave, busy, why } = saving;
  return (
    <>
      <Button
        size="sm"
        busy={busy === 'draft'}
        disabled={busy === 'publish'}
        why={why}
        title={draft.hint}
        onClick={() => onSave(true)}
      >
        {draft.label}
      </Button>
      <Button
        look="primary"
        size="sm"
        busy={busy === 'publish'}
        disabled={busy === 'draft'}
        why={why}
        title={`${publish.hint} (Ctrl+S)`}
        onClick={() => onSave(false)}
      >
        {publish.label}
      </Button>
    </>
  );
}
