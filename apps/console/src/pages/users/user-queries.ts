import { api, read } from '../../api/client.ts';
import type { Body, UserView } from '../../api/types.ts';

const path = (user: Pick<UserView, 'id'>) => ({ params: { path: { id: user.id } } });

export const invite = (body: Body<'/users', 'post'>): Promise<UserView> => read(api.POST('/users', { body }));
export const inviteAgain = (user: UserView): Promise<unknown> => api.POST('/users/{id}/invite', path(user));
export const change = (user: UserView, body: Body<'/users/{id}', 'put'>): Promise<UserView> =>
  read(api.PUT('/users/{id}', { ...path(user), body }));
export const endSessions = (user: UserView): Promise<unknown> => api.POST('/users/{id}/end-sessions', path(user));
export const remove = (user: UserView): Promise<unknown> => api.DELETE('/users/{id}', path(user));

export const nameOf = ({ name, email }: Pick<UserView, 'name' | 'email'>): string => name || email;
