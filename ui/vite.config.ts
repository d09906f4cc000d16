import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { mock } from './mock/plugin.ts';

const server = process.env.SWITCHHOOK_URL ?? 'http://127.0.0.1:8080';
const paths = ['/v1', '/openapi.json', '/schema', '/docs', '/sign-in', '/healthz', '/demo'];

export default defineConfig(({ mode }) => ({
  plugins: [react(), tailwindcss(), ...(mode === 'mock' ? [mock()] : [])],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    proxy:
      mode === 'mock'
        ? undefined
        : Object.fromEntries(paths.map((path) => [path, { target: server, xfwd: true }])),
  },
  build: {
    target: 'es2022',
    cssTarget: 'chrome123',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  test: { include: ['src/**/*.test.{ts,tsx}'] },
}));
