import { expect, it } from 'vitest';
import { toCurl } from './curl';

it('quotes everything for a shell and leaves out what curl sets itself', () => {
  const text = toCurl({
    method: 'POST',
    url: 'https://a.example/x?y=1&z=2',
    headers: [
      ['content-type', 'application/json'],
      ['content-length', '12'],
      ['authorization', 'Bearer ••••'],
    ],
    body: `{"note":"it's $HOME"}`,
  });
  expect(text).toBe(
    [
      "curl -X POST 'https://a.example/x?y=1&z=2' \\",
      "  -H 'content-type: application/json' \\",
      "  -H 'authorization: Bearer ••••' \\",
      `  --data-raw '{"note":"it'\\''s $HOME"}'`,
    ].join('\n'),
  );
});

it('needs no method for a GET', () => {
  expect(toCurl({ method: 'GET', url: 'https://a.example/', headers: [] })).toBe("curl 'https://a.example/'");
});
