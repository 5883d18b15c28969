import type { JSX } from 'react';

export function Mark(): JSX.Element {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#3b4fc4" />
      <path
        fill="#fff"
        d="M16 6.500a1.800 1.800 0 0 1 1.800 1.800v.5c3 .8 4.900 3.400 4.900 6.700v3.600l1.700 2.600a.9.9 0 0 1-.8 1.400H8.400a.9.9 0 0 1-.8-1.400l1.700-2.600v-3.600c0-3.300 1.900-5.900 4.900-6.700v-.5A1.800 1.800 0 0 1 16 6.500Zm-2.600 18h5.200a2.600 2.600 0 0 1-5.200 0Z"
      />
    </svg>
  );
}
