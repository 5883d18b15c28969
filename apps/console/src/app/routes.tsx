import { createRootRouteWithContext, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import { showWorkspace } from '../api/workspace.ts';
import { homeOf, requireOperator, requireSession } from './access.ts';
import { NotFound } from './not-found.tsx';
import { Root } from './root.tsx';
import { searchOf, text } from './search.ts';
import * as searches from './searches.ts';
import { InstallationShell, WorkspaceShell } from './shell.tsx';

export type RouterContext = { readonly queryClient: QueryClient };

const root = createRootRouteWithContext<RouterContext>()({ component: Root, notFoundComponent: NotFound });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async ({ context, location }) => {
    redirect({ ...homeOf(await requireSession(context.queryClient, location.href)), throw: true });
  },
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: 'sign-in',
  validateSearch: searchOf({ to: text, reason: searches.signedOutReason }),
  component: lazyRouteComponent(() => import('../pages/sign-in/index.tsx')),
});
const forgot = createRoute({
  getParentRoute: () => root,
  path: 'forgot',
  component: lazyRouteComponent(() => import('../pages/forgot/index.tsx')),
});
const password = createRoute({
  getParentRoute: () => root,
  path: 'password',
  component: lazyRouteComponent(() => import('../pages/password/index.tsx')),
});
const consoleLink = createRoute({
  getParentRoute: () => root,
  path: 'link/$linkId',
  component: lazyRouteComponent(() => import('../pages/console-link/index.tsx')),
});
const bareLink = createRoute({
  getParentRoute: () => root,
  path: 'link',
  component: lazyRouteComponent(() => import('../pages/console-link/index.tsx')),
});

const workspace = createRoute({
  getParentRoute: () => root,
  path: 'w/$workspaceId',
  beforeLoad: async ({ context, location, params }) => {
    const session = await requireSession(context.queryClient, location.href);
    showWorkspace(params.workspaceId);
    return { session };
  },
  component: WorkspaceShell,
});
const inWorkspace = { getParentRoute: () => workspace };

const workspaceHome = createRoute({
  ...inWorkspace,
  path: '/',
  beforeLoad: ({ params }) => {
    redirect({ to: '/w/$workspaceId/webhooks', params, replace: true, throw: true });
  },
});
const webhooks = createRoute({
  ...inWorkspace,
  path: 'webhooks',
  validateSearch: searches.webhooks,
  component: lazyRouteComponent(() => import('../pages/webhooks-list/index.tsx')),
});
const newWebhook = createRoute({
  ...inWorkspace,
  path: 'webhooks/new',
  validateSearch: searchOf({ trigger: text }),
  component: lazyRouteComponent(() => import('../pages/webhook-form/index.tsx')),
});
const webhook = createRoute({
  ...inWorkspace,
  path: 'webhooks/$webhookId',
  validateSearch: searches.webhookDetails,
  component: lazyRouteComponent(() => import('../pages/webhook-details/index.tsx')),
});
const editWebhook = createRoute({
  ...inWorkspace,
  path: 'webhooks/$webhookId/edit',
  component: lazyRouteComponent(() => import('../pages/webhook-form/index.tsx')),
});
const editDraft = createRoute({
  ...inWorkspace,
  path: 'webhooks/$webhookId/draft/edit',
  component: lazyRouteComponent(() => import('../pages/webhook-form/index.tsx')),
});
const delivery = createRoute({
  ...inWorkspace,
  path: 'deliveries/$deliveryId',
  validateSearch: searches.delivery,
  component: lazyRouteComponent(() => import('../pages/delivery/index.tsx')),
});
const activity = createRoute({
  ...inWorkspace,
  path: 'activity',
  validateSearch: searches.activity,
  component: lazyRouteComponent(() => import('../pages/activity/index.tsx')),
});
const triggers = createRoute({
  ...inWorkspace,
  path: 'triggers',
  validateSearch: searches.triggers,
  component: lazyRouteComponent(() => import('../pages/triggers/index.tsx')),
});
const apiClients = createRoute({
  ...inWorkspace,
  path: 'api-clients',
  validateSearch: searches.apiClients,
  component: lazyRouteComponent(() => import('../pages/api-clients/index.tsx')),
});
const users = createRoute({
  ...inWorkspace,
  path: 'users',
  validateSearch: searches.users,
  component: lazyRouteComponent(() => import('../pages/users/index.tsx')),
});

const installation = createRoute({
  getParentRoute: () => root,
  path: 'installation',
  beforeLoad: async ({ context, location }) => {
    const session = await requireOperator(context.queryClient, location.href);
    showWorkspace(undefined);
    return { session };
  },
  component: InstallationShell,
});
const inInstallation = { getParentRoute: () => installation };

const installationHome = createRoute({
  ...inInstallation,
  path: '/',
  beforeLoad: () => {
    redirect({ to: '/installation/versions', replace: true, throw: true });
  },
});
const versions = createRoute({
  ...inInstallation,
  path: 'versions',
  validateSearch: searches.versions,
  component: lazyRouteComponent(() => import('../pages/versions/index.tsx')),
});
const newVersion = createRoute({
  ...inInstallation,
  path: 'versions/new',
  component: lazyRouteComponent(() => import('../pages/versions/release.tsx')),
});
const health = createRoute({
  ...inInstallation,
  path: 'health',
  validateSearch: searches.health,
  component: lazyRouteComponent(() => import('../pages/health/index.tsx')),
});
const mails = createRoute({
  ...inInstallation,
  path: 'mails',
  validateSearch: searches.mails,
  component: lazyRouteComponent(() => import('../pages/mails/index.tsx')),
});
const allUsers = createRoute({
  ...inInstallation,
  path: 'users',
  validateSearch: searches.users,
  component: lazyRouteComponent(() => import('../pages/users/index.tsx')),
});

/** Every page there is. A page module's default export is its component; it is loaded when it is first gone to. */
export const routeTree = root.addChildren([
  home,
  signIn,
  forgot,
  password,
  consoleLink,
  bareLink,
  workspace.addChildren([
    workspaceHome,
    webhooks,
    newWebhook,
    webhook,
    editWebhook,
    editDraft,
    delivery,
    activity,
    triggers,
    apiClients,
    users,
  ]),
  installation.addChildren([installationHome, versions, newVersion, health, mails, allUsers]),
]);
