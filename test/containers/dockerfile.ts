import dockerignore from '@balena/dockerignore';
import { DockerfileParser, type Instruction } from 'dockerfile-ast';
import { read } from './rule.ts';

export type Step = { readonly keyword: string; readonly text: string; readonly words: readonly string[] };
export type Stage = { readonly image: string; readonly name: string; readonly steps: readonly Step[] };

/** With its flags, in one line. */
function stepOf(instruction: Instruction, lines: readonly string[]): Step {
  const { start, end } = instruction.getRange();
  const whole = lines
    .slice(start.line, end.line + 1)
    .join(' ')
    .replaceAll(/\\ +/g, '')
    .trim();
  const text = whole.slice(instruction.getInstruction().length).trim();
  return { keyword: instruction.getKeyword(), text, words: text.split(/\s+/) };
}

/** The stages in order; the last one is the image. */
export function stagesOf(dockerfile: string): Stage[] {
  const lines = dockerfile.split('\n');
  const stages: (Stage & { steps: Step[] })[] = [];
  for (const instruction of DockerfileParser.parse(dockerfile).getInstructions()) {
    const one = stepOf(instruction, lines);
    if (one.keyword === 'FROM') stages.push({ image: one.words[0] ?? '', name: one.words[2] ?? '', steps: [] });
    else stages.at(-1)?.steps.push(one);
  }
  return stages;
}

/** What a stage consists of, with the steps of the stages it is built on. */
export function stepsOf(stages: readonly Stage[], stage: Stage | undefined): Step[] {
  if (stage === undefined) return [];
  return [
    ...stepsOf(
      stages,
      stages.find(({ name }) => name !== '' && name === stage.image),
    ),
    ...stage.steps,
  ];
}

/** The steps of the image, as it is. */
export const imageOf = (dockerfile: string) => {
  const stages = stagesOf(dockerfile);
  return stepsOf(stages, stages.at(-1));
};

export const last = (steps: readonly Step[], keyword: string) => steps.filter((one) => one.keyword === keyword).at(-1);

/** The words of an exec form, none where it is another form. */
export function execForm(text: string | undefined): string[] {
  const list = /\[.*\]$/.exec(text ?? '')?.[0];
  return list === undefined ? [] : (JSON.parse(list) as string[]);
}

/** The variables that the image sets. */
export function variablesOf(dockerfile: string): Record<string, string> {
  const pairs = imageOf(dockerfile)
    .filter(({ keyword }) => keyword === 'ENV')
    .flatMap(({ words }) => words.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]));
  return Object.fromEntries(pairs) as Record<string, string>;
}

const ignored = dockerignore.default().add(read('.dockerignore'));

/** Whether a file of the checkout, by its path in it, is there to be copied. */
export const isSent = (path: string) => !ignored.ignores(path);
