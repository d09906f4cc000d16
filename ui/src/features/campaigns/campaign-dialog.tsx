import { type FormEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Confirm } from '@/components/confirm';
import { Dialog } from '@/components/dialog';
import { Failure } from '@/components/failure';
import { problemsOf } from '@/lib/problem';
import { useDeleteCampaign, useSaveCampaign } from '@/lib/server/campaigns';
import { say } from '@/lib/toasts';
import type { Campaign, CampaignSettings } from '@/lib/types';
import { AgainFields } from './again-fields';
import { BasicFields } from './basic-fields';
import { WindowFields } from './window-fields';

type Props = {
  campaign: Campaign | undefined;
  onClose: () => void;
  /** Afterwards there is nothing to close. */
  onDeleted?: () => void;
};

function settingsOf(campaign: Campaign | undefined): CampaignSettings {
  if (!campaign) return { name: '', concurrency: 1 };
  const { id: _, version: __, created_at: ___, updated_at: ____, ...settings } = campaign;
  return settings;
}

/** A new campaign, or a change of one over the version that is shown. */
export function CampaignDialog({ campaign, onClose, onDeleted = onClose }: Props) {
  const [save, remove] = [useSaveCampaign(campaign), useDeleteCampaign()];
  const [asking, setAsking] = useState(false);
  const [settings, setSettings] = useState(() => settingsOf(campaign));
  const problems = problemsOf(save.error);
  const set = (change: Partial<CampaignSettings>) => setSettings((all) => ({ ...all, ...change }));
  const problem = (path: string) => problems.find((each) => each.path.startsWith(path))?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(settings, {
      onSuccess: () => {
        say(campaign ? 'Campaign changed' : 'Campaign saved');
        onClose();
      },
    });
  };
  const parts = { settings, set, problem };
  return (
    <>
      <Dialog open={!asking} onClose={onClose} title={campaign ? campaign.name : 'New campaign'}>
        <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
          {save.isError && problems.length === 0 && (
            <Failure error={save.error} what="The campaign was not saved" />
          )}
          <BasicFields {...parts} />
          <WindowFields {...parts} />
          <AgainFields {...parts} />
          <div className="flex flex-wrap justify-end gap-2">
            {campaign && (
              <Button look="danger" className="mr-auto" onClick={() => setAsking(true)}>
                Delete
              </Button>
            )}
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" look="primary" busy={save.isPending}>
              {campaign ? 'Save changes' : 'Save campaign'}
            </Button>
          </div>
        </form>
      </Dialog>
      {campaign && (
        <Confirm
          open={asking}
          onClose={() => setAsking(false)}
          title={`Delete “${campaign.name}”?`}
          confirm="Delete the campaign"
          busy={remove.isPending}
          error={remove.isError && <Failure error={remove.error} what="The campaign was not deleted" />}
          onConfirm={() =>
            remove.mutate(campaign.id, {
              onSuccess: () => {
                say('Campaign deleted');
                onDeleted();
              },
            })
          }
        >
          Its description is gone then. Calls that name it stay.
        </Confirm>
      )}
    </>
  );
}
