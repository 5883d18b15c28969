import { describe, expect, it } from '@jest/globals';
import { userNameSchema } from './user.commands.ts';

const isName = (text: string): boolean => userNameSchema.safeParse(text).success;

describe('the name of a user', () => {
  it.each(['Ada', 'Dr. Ada M. Lovelace-King', '艾达', "O'Neil <b>", 'a.b@c'])('may be %p', (name) =>
    expect(isName(name)).toBe(true),
  );

  it.each(['', '  ', 'a'.repeat(201)])('is of 1 to 200 characters, not %p', (name) => expect(isName(name)).toBe(false));

  it.each(['Click http://evil.example now', 'See WWW.evil.example'])('sends nobody to a page, as %p does', (name) =>
    expect(isName(name)).toBe(false),
  );
});
