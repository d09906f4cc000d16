/** A stand-in for the server while there is none: `npm run dev:mock`, and `npm run preview:mock` with the server's content
 * security policy. Never part of a build. The cookie `mock` chooses a mood: `empty`, `error`, `slow`, `signed-out`. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connect, Plugin } from 'vite';
import { answer } from './routes.ts';
import { stream } from './stream.ts';

const flowSchema = new URL('../../crates/kernel/schema/flow.json', import.meta.url);

const csp =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'";
/** Of the empty page that a mail is shown in. */
const mailCsp =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin";

async function body(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += chunk;
  const isJson = request.headers['content-type']?.includes('json');
  return text === '' || !isJson ? undefined : JSON.parse(text);
}

const handle: Connect.NextHandleFunction = (request, response, next) => {
  const url = new URL(request.url ?? '/', 'http://mock');
  if (url.pathname === '/sign-in' && url.searchParams.has('token')) {
    const good = url.searchParams.get('token') === 'mock-token';
    response
      .writeHead(303, {
        location: good ? '/' : '/signed-out?reason=invalid',
        ...(good && { 'set-cookie': 'mock=; Path=/; Max-Age=0' }),
      })
      .end();
  } else if (url.pathname === '/schema/flow.json') {
    response.writeHead(200, { 'content-type': 'application/json' }).end(readFileSync(flowSchema));
  } else if (!url.pathname.startsWith('/v1/')) {
    next();
  } else {
    respond(request, response, url).catch(next);
  }
};

async function respond(request: IncomingMessage, response: ServerResponse, url: URL) {
  const mood = /mock=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  if (url.pathname === '/v1/stream' && mood !== 'signed-out') return stream(response);
  if (mood === 'slow') await new Promise((done) => setTimeout(done, 3000));
  const { status, data } = answer(request.method ?? 'GET', url, await body(request), mood);
  response.writeHead(status, {
    'content-type': status < 400 ? 'application/json' : 'application/problem+json',
  });
  response.end(data === undefined ? undefined : JSON.stringify(data));
}

export function mock(): Plugin {
  return {
    name: 'mock-server',
    configureServer: (server) => void server.middlewares.use(handle),
    configurePreviewServer: (server) => {
      server.middlewares.use((request, response, next) => {
        response.setHeader('content-security-policy', request.url === '/mail.html' ? mailCsp : csp);
        next();
      });
      server.middlewares.use(handle);
    },
  };
}
