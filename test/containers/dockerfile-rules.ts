import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { execForm, imageOf, isSent, last, stagesOf, stepsOf, variablesOf } from './dockerfile.ts';
import { read, root, type Rule } from './rule.ts';
import { SETTINGS } from './settings.ts';

const unless = (passes: boolean, problem: string) => (passes ? [] : [problem]);
const replacing = (text: string | RegExp, by: string) => (file: string) => file.replace(text, by);

const isInstall = (text: string) => /\bnpm (ci|install|i)\b/.test(text);

/** Of the stage that the image has its packages from. */
function installsOfImage(file: string): string[] {
  const stages = stagesOf(file);
  const copy = imageOf(file).find(({ keyword, words }) => keyword === 'COPY' && words.at(-1) === 'node_modules');
  const from = copy?.words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
  const steps = stepsOf(
    stages,
    stages.find(({ name }) => name === from),
  );
  return steps.filter(({ keyword, text }) => keyword === 'RUN' && isInstall(text)).map(({ text }) => text);
}

const made: Rule<string>[] = [
  {
    says: 'is a Dockerfile without an error or a warning',
    problems: (file) => validate(file).map(({ message }) => (typeof message === 'string' ? message : message.value)),
    breach: replacing('FROM base AS build', 'FORM base AS build'),
  },
  {
    says: 'builds every stage on the one Node that the project pins',
    problems: (file) => {
      const pinned = read('.nvmrc').trim();
      const stages = stagesOf(file);
      const outer = stages.map(({ image }) => image).filter((image) => !stages.some(({ name }) => name === image));
      return [
        ...outer.filter((image) => image !== `node:${pinned}-bookworm-slim`),
        ...unless(JSON.parse(read('package.json')).devDependencies.node === pinned, 'package.json has another Node'),
      ];
    },
    breach: replacing(/FROM base$/m, 'FROM node:24'),
  },
  {
    says: 'builds in other stages than the one that is run, where nothing is installed or compiled',
    problems: (file) => [
      ...unless(stagesOf(file).length > 1, 'one stage'),
      ...imageOf(file)
        .filter(({ keyword, text }) => keyword === 'RUN' && /\bnpm\b|\bapt/.test(text))
        .map(({ text }) => text),
    ],
    breach: (file) => `${file}RUN npm run build\n`,
  },
  {
    says: 'installs what the lock file says, and runs no script of a package',
    problems: (file) => {
      const runs = stagesOf(file).flatMap(({ steps }) => steps.filter(({ keyword }) => keyword === 'RUN'));
      return runs.map(({ text }) => text).filter((text) => isInstall(text) && !/^npm ci .*--ignore-scripts/.test(text));
    },
    breach: replacing('RUN npm ci', 'RUN npm install'),
  },
  {
    says: 'has no development dependency in the image',
    problems: (file) => {
      const installs = installsOfImage(file);
      return [
        ...unless(installs.length > 0, 'no packages'),
        ...installs.filter((text) => !text.includes('--omit=dev')),
      ];
    },
    breach: replacing('--from=dependencies', '--from=build'),
  },
  {
    says: 'copies only what is there and .dockerignore lets through',
    problems: (file) =>
      stagesOf(file)
        .flatMap(({ steps }) => steps.filter(({ keyword }) => keyword === 'COPY' || keyword === 'ADD'))
        .filter(({ text }) => !text.includes('--from='))
        .flatMap(({ words }) => words.filter((word) => !word.startsWith('--')).slice(0, -1))
        .filter((source) => !existsSync(join(root, source)) || !isSent(source)),
    breach: replacing('COPY apps apps', 'COPY test apps'),
  },
];

const run: Rule<string>[] = [
  {
    says: 'runs Node itself with the compiled server, without a shell between it and the signals',
    problems: (file) => {
      const words = ['ENTRYPOINT', 'CMD'].flatMap((keyword) => execForm(last(imageOf(file), keyword)?.text));
      return unless(words.join(' ') === 'node dist/apps/server/main.js', `runs ${words.join(' ')}`);
    },
    breach: replacing('CMD ["dist/apps/server/main.js"]', 'CMD npm start'),
  },
  {
    says: 'runs as a user without rights, given as a number, to whom nothing but the data belongs',
    problems: (file) => [
      ...unless(/^[1-9]\d*:[1-9]\d*$/.test(last(imageOf(file), 'USER')?.text ?? ''), 'runs as root or by a name'),
      ...imageOf(file)
        .filter(({ text }) => /--chown|chown |--owner/.test(text) && !text.endsWith(' /data'))
        .map(({ text }) => text),
    ],
    breach: replacing(/USER .*/, 'USER root'),
  },
  {
    says: 'checks by Node in exec form whether the server is alive',
    problems: (file) => {
      const check = execForm(last(imageOf(file), 'HEALTHCHECK')?.text);
      return unless(check[0] === 'node' && (check[2]?.includes('/health/live') ?? false), 'no such health check');
    },
    breach: replacing(/HEALTHCHECK[^]*?CMD .*\n/, 'HEALTHCHECK CMD curl -f http://127.0.0.1:3000/health/live\n'),
  },
  {
    says: 'sets what the server reads, for production on all addresses, with its data in a volume',
    problems: (file) => {
      const variables = variablesOf(file);
      const { NODE_ENV, HOST, PORT, DATA_DIR } = variables;
      return [
        ...Object.keys(variables).filter((name) => !SETTINGS.has(name)),
        ...unless(NODE_ENV === 'production', 'NODE_ENV'),
        ...unless(HOST === '0.0.0.0', 'HOST'),
        ...unless(PORT !== undefined && PORT === last(imageOf(file), 'EXPOSE')?.text, 'PORT'),
        ...unless(execForm(last(imageOf(file), 'VOLUME')?.text).join() === DATA_DIR, 'DATA_DIR'),
      ];
    },
    breach: replacing('DATA_DIR=/data', 'DATA_DIR=/app/data'),
  },
];

export const dockerfileRules = [...made, ...run];
