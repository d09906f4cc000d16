// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it } from 'vitest';
import { CodeBlock } from './code-block';
import { MessageView } from './message-view';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const hostile = '{"note": "<img src=x onerror=alert(1)><script>alert(2)</script>"}';

function render(element: React.ReactNode): HTMLElement {
  const place = document.createElement('div');
  act(() => createRoot(place).render(element));
  return place;
}

it('shows markup in a body as text', () => {
  const place = render(
    <MessageView
      what="request"
      line="POST /"
      message={{ headers: [['x-note', '<b>bold</b>']], body: hostile }}
    />,
  );
  expect(place.querySelector('img, script, b')).toBeNull();
  expect(place.textContent).toContain('<img src=x onerror=alert(1)>');
  expect(place.textContent).toContain('<b>bold</b>');
});

it('colours JSON without changing it', () => {
  expect(render(<CodeBlock text={hostile} json label="body" />).textContent).toBe(hostile);
});

it('says that a message has no body', () => {
  expect(
    render(<MessageView what="response" line="HTTP 204" message={{ headers: [] }} />).textContent,
  ).toContain('no body');
});
