import { describe, expect, it } from '@jest/globals';
import { messageIdOf } from './message-id.ts';

describe('the Message-ID of a notice', () => {
  it.each([
    ['Carillon <carillon@mail.example.com>', 'mail.example.com'],
    ['carillon@localhost', 'localhost'],
    ['carillon@bücher.example', 'xn--bcher-kva.example'],
  ])('from %s is of that domain', (mailFrom, domain) =>
    expect(messageIdOf('3a1f', mailFrom)).toBe(`notice.3a1f@${domain}`),
  );

  it.each(['a@b..example', 'a@.example', 'a@example.', `a@${'b'.repeat(101)}`])(
    'from %s, whose domain cannot be in one, is of localhost',
    (mailFrom) => expect(messageIdOf('3a1f', mailFrom)).toBe('notice.3a1f@localhost'),
  );
});
