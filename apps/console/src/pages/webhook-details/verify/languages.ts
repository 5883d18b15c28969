import type { Language } from './sample.ts';
import { csharp } from './samples/csharp.ts';
import { go } from './samples/go.ts';
import { java } from './samples/java.ts';
import { node } from './samples/node.ts';
import { php } from './samples/php.ts';
import { python } from './samples/python.ts';
import { ruby } from './samples/ruby.ts';

export const languages: readonly Language[] = [node, python, go, java, csharp, php, ruby];
