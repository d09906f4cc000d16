/** What a new flow begins with: a signed webhook for every finished call. */
export const starter = JSON.stringify(
  {
    name: 'Send every finished call',
    on: ['call.ended'],
    steps: [
      {
        id: 'send',
        do: 'webhook.send',
        with: { url: 'https://example.com/hooks/calls', secret: '{{ secrets.webhook_secret }}' },
      },
    ],
  },
  null,
  2,
);
