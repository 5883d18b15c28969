import { describe, expect, it } from '@jest/globals';
import { headerNames, schemeLabel, schemesOf } from './header-names.ts';

const alert = (prefix: string) => ({
  host: 'customer.example',
  [`${prefix}-Hook-Id`]: '65f0',
  [`${prefix}-Signature`]: '********',
  'webhook-id': '65f0',
});

describe('the names of the headers', () => {
  it('are those of an alert', () => {
    expect(headerNames(alert('X-Acme'), 'workspace')).toEqual({
      hookId: 'X-Acme-Hook-Id',
      signature: 'X-Acme-Signature',
    });
  });

  it('are the usual ones before there is any', () => {
    expect(headerNames({}, 'workspace')).toEqual({ hookId: 'X-Coro-Hook-Id', signature: 'X-Coro-Signature' });
  });

  it('are not taken from a configured header of such a name', () => {
    const headers = { 'Their-Hook-Id': '********', ...alert('X-Acme') };
    expect(headerNames(headers, 'workspace').hookId).toBe('X-Acme-Hook-Id');
  });

  it('do not bring anything else into code', () => {
    expect(headerNames(alert("X'];evil('"), 'workspace').hookId).toBe('X-Coro-Hook-Id');
  });

  it('have the signature of the location in its dialect', () => {
    const names = headerNames(alert('X-Acme'), 'location');
    expect(names).toEqual({ hookId: 'X-Acme-Hook-Id', signature: 'X-Nexudus-Hook-Signature' });
    expect(schemesOf('location').map((scheme) => schemeLabel(scheme, names))).toEqual([
      'Standard Webhooks',
      'X-Nexudus-Hook-Signature',
    ]);
  });
});
