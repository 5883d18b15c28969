import { describe, expect, it } from '@jest/globals';
import { pastedHeaders } from './pasted-headers.ts';

describe('pasting into a header row', () => {
  it('fills name and value of one header', () =>
    expect(pastedHeaders('Authorization: Bearer x:y ')).toEqual([{ name: 'Authorization', value: 'Bearer x:y' }]));

  it('makes a row of each line', () =>
    expect(pastedHeaders('X-One: 1\r\n\r\nX-Two:2\n')).toEqual([
      { name: 'X-One', value: '1' },
      { name: 'X-Two', value: '2' },
    ]));

  it.each(['Bearer x', 'https://example.com', 'X-One: 1\nnot a header', '', 'na me: value'])(
    'leaves "%s" as it is',
    (text) => expect(pastedHeaders(text)).toBeNull(),
  );
});
