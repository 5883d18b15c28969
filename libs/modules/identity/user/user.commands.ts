import { z } from 'zod';
import { command } from '../../../platform/kernel/index.ts';
import { workspaceIdSchema } from '../workspace/workspace.commands.ts';

/** The address is claimed for this user before. Registering a user again changes nothing. */
export class RegisterUser extends command(
  'RegisterUser',
  z.strictObject({
    userId: z.uuid(),
    email: z.email(),
    passwordHash: z.string().startsWith('scrypt$'),
    roles: z.array(z.enum(['operator'])).min(1),
    workspaceId: workspaceIdSchema,
  }),
) {}

export type UserCommand = RegisterUser;
