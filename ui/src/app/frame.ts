import { createRootRoute, createRoute } from '@tanstack/react-router';
import { NotFound } from '@/components/not-found';
import { Shell } from '@/features/shell/shell';

export const root = createRootRoute({ notFoundComponent: NotFound });

/** The frame around every screen but sign-in. */
export const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });
