import { describe, expect, it } from '@jest/globals';
import { backTo } from './back-to.ts';

describe('where a sign-in leads back to', () => {
  it('is a page of the console', () => expect(backTo('/w/acme/webhooks?open=1')).toBe('/w/acme/webhooks?open=1'));

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '',
    '/',
    '/sign-in?to=/x',
  ])('is never "%s"', (href) => expect(backTo(href)).toBeUndefined());
});
