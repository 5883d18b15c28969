import { hash } from 'node:crypto';

const COUNT = 256;

/** The names of all partitions: `0` to `255`. */
export const PARTITIONS: readonly string[] = Array.from({ length: COUNT }, (_, partition) => String(partition));

/** 0 to 255: the first byte of the SHA-256 of the id in UTF-8. The same in every release, since processes of two work side by side. */
export const partitionOf = (id: string): number => hash('sha256', id, 'buffer').readUInt8(0);
