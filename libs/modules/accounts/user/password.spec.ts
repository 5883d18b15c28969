import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../../../platform/kernel/index.ts';
import { newPassword, normalPassword } from './password.ts';

const problem = (password: string, email = 'ada.byron@one.example') => {
  try {
    newPassword(password, email);
    return undefined;
  } catch (error) {
    return error instanceof Refusal ? error.errors[0]?.message : error;
  }
};

describe('a new password', () => {
  it('has 12 to 256 characters, as people count them', () => {
    expect(problem('correct-hors')).toBeUndefined();
    expect(problem('correct-hor')).toMatch(/12 to 256/);
    expect(problem('ab🐎'.repeat(4))).toBeUndefined();
    expect(problem('🐎ab'.repeat(3))).toMatch(/12 to 256/);
    expect(problem('abc'.repeat(85) + 'd')).toBeUndefined();
    expect(problem('abc'.repeat(85) + 'de')).toMatch(/12 to 256/);
  });

  it.each(['Ada.Byron@One.example', 'PasswordPassword', '123456789012', 'aaaaaaaaaaaaaaaa', 'abababababab'])(
    'is not %s',
    (password) => expect(problem(password)).toBeDefined(),
  );

  it('is the same however its accents were typed', () => {
    const [composed, combined] = ['caf\u00e9 con leche', 'cafe\u0301 con leche'];
    expect(newPassword(combined, 'a@one.example')).toBe(newPassword(composed, 'a@one.example'));
    expect(normalPassword(combined)).toBe(composed);
  });
});
