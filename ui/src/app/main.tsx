import '@/styles/app.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { open as listen } from '@/lib/live';
import { queryClient } from '@/lib/query';
import { router } from './router';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
listen();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
