import { useEffect, useRef } from 'react';

const unwanted = 'script, meta, base, link, iframe, object, embed, form, frame, frameset';

/** Puts the HTML of a mail into the empty page that has a policy of its own; scripts never run in it. */
function fill(frame: HTMLIFrameElement, html: string): void {
  const page = frame.contentDocument;
  const there = page?.defaultView;
  if (!there) return;
  // Read under the policy of that page: this one refuses the styles that mails are made of.
  const mail = new there.DOMParser().parseFromString(html, 'text/html');
  for (const each of mail.querySelectorAll(unwanted)) each.remove();
  // What a mail loads from elsewhere tells its sender that it was looked at.
  for (const image of mail.querySelectorAll('img, source')) {
    if (!image.getAttribute('src')?.startsWith('data:')) image.removeAttribute('src');
    image.removeAttribute('srcset');
  }
  mail.documentElement.lang ||= 'en';
  mail.title ||= 'Mail';
  page.replaceChild(page.adoptNode(mail.documentElement), page.documentElement);
}

/** The HTML of a mail in a sandbox: no scripts, no forms, nothing from other hosts, no way out. */
export function MailFrame({ html }: { html: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const loaded = useRef(false);
  useEffect(() => {
    if (loaded.current && frame.current) fill(frame.current, html);
  }, [html]);
  return (
    <iframe
      ref={frame}
      src="/mail.html"
      title="The mail"
      sandbox="allow-same-origin"
      referrerPolicy="no-referrer"
      onLoad={(event) => {
        loaded.current = true;
        fill(event.currentTarget, html);
      }}
      className="h-80 w-full rounded-md border border-line bg-white scheme-light"
    />
  );
}
