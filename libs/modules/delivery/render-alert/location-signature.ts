/** What receivers of the location dialect look for, whatever the installation's prefix. */
export const LOCATION_SIGNATURE = 'X-Nexudus-Hook-Signature';
